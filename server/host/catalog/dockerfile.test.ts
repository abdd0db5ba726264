import { expect, test } from 'vitest';
import { parseDockerfile } from './dockerfile.ts';

test('reads stages, instructions and what continues over lines', () => {
  const stages = parseDockerfile(
    [
      '# first',
      'FROM debian AS layout',
      'RUN one \\',
      '    # why',
      '    && two',
      'FROM scratch',
      'COPY --from=layout /a/ /',
    ].join('\n'),
  );
  expect(stages).toEqual([
    {
      from: 'debian',
      name: 'layout',
      instructions: [{ kind: 'run', command: 'one     && two', text: 'RUN /bin/sh -c one && two' }],
    },
    {
      from: 'scratch',
      name: null,
      instructions: [
        {
          kind: 'copy',
          fromStage: 'layout',
          source: '/a/',
          destination: '/',
          text: 'COPY --from=layout /a/ /',
        },
      ],
    },
  ]);
});

test('an argument stands in everything but RUN, which leaves variables to its shell', () => {
  const [stage] = parseDockerfile(
    'FROM scratch\nARG VERSION\nENV A=${VERSION} \nLABEL b="$VERSION x"\nRUN echo $VERSION',
    {
      VERSION: '1.2',
    },
  );
  expect(stage!.instructions.slice(1)).toEqual([
    { kind: 'env', name: 'A', value: '1.2', text: 'ENV A=1.2' },
    { kind: 'label', name: 'b', value: '1.2 x', text: 'LABEL b="1.2 x"' },
    { kind: 'run', command: 'echo $VERSION', text: 'RUN /bin/sh -c echo $VERSION' },
  ]);
});

test.each([
  ['FROM scratch\nHEALTHCHECK NONE', 'line 2: HEALTHCHECK is not understood'],
  ['RUN true', 'line 1: an instruction before FROM'],
  ['FROM scratch\nCMD sh -c true', 'line 2: "sh -c true" is not JSON'],
  ['FROM scratch\nCMD {"a":1}', 'line 2: "{"a":1}" is not a list of words'],
  ['FROM scratch\n\n# x\nCOPY a b', 'line 4: "COPY a b" is not of the form'],
  ['FROM scratch\nENV A 1', 'line 2: "ENV A 1" is not of the form NAME=VALUE'],
  ['FROM scratch\nENV A=$B', 'line 2: B has no value'],
  ['FROM scratch\nARG B', 'line 2: nobody gives a value for ARG B'],
  ['FROM scratch\nRUN a \\', 'line 2: the last line is continued'],
  ['FROM a b c', 'line 1: cannot read "FROM a b c"'],
])('refuses %j by its line', (source, complaint) => {
  expect(() => parseDockerfile(source)).toThrow(complaint);
});
