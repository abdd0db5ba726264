import { expect, test } from 'vitest';
import { parseDockerfile } from './dockerfile.ts';
import { applyInstruction, emptyConfig, type ImageConfig } from './image-config.ts';

const SCRATCH = emptyConfig({ architecture: 'amd64', created: '2030-01-01T00:00:00.000Z' });

function apply(source: string, before: ImageConfig = SCRATCH): ImageConfig {
  const [stage] = parseDockerfile(`FROM scratch\n${source}`);
  return stage!.instructions.reduce(
    (config, instruction, index) =>
      applyInstruction(config, instruction, instruction.kind === 'run' ? `sha256:layer${index}` : null),
    before,
  );
}

test('says of a container what its Dockerfile said', () => {
  const { config } = apply(
    [
      'ENV A=1',
      'ENV A=2',
      'EXPOSE 80',
      'EXPOSE 53/udp',
      'VOLUME /data',
      'WORKDIR /data',
      'USER www-data',
    ].join('\n'),
  );
  expect(config).toEqual({
    Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'A=2'],
    Cmd: null,
    ExposedPorts: { '80/tcp': {}, '53/udp': {} },
    Volumes: { '/data': {} },
    WorkingDir: '/data',
    User: 'www-data',
    Labels: {},
  });
});

test('a new entrypoint drops the command that the base meant for its own', () => {
  const base = apply('CMD ["bash"]');
  expect(apply('ENTRYPOINT ["/start"]', base).config).toMatchObject({ Entrypoint: ['/start'], Cmd: null });
  expect(apply('ENTRYPOINT ["/start"]\nCMD ["x"]', base).config.Cmd).toEqual(['x']);
});

test('the history has one line for each instruction, and one layer for each line that is not empty', () => {
  const { history, rootfs } = apply('ENV A=1\nRUN make\nCMD ["sh", "-c", "x"]\nRUN more');
  expect(history).toEqual([
    { created: SCRATCH.created, created_by: 'ENV A=1', empty_layer: true },
    { created: SCRATCH.created, created_by: 'RUN /bin/sh -c make' },
    { created: SCRATCH.created, created_by: 'CMD ["sh", "-c", "x"]', empty_layer: true },
    { created: SCRATCH.created, created_by: 'RUN /bin/sh -c more' },
  ]);
  expect(rootfs.diff_ids).toEqual(['sha256:layer1', 'sha256:layer3']);
});
