import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { checkDirectory, checkPort } from './preflight.ts';

const config = {
  dataDirectory: '/',
  artifactsDirectory: '/',
  engineSocket: null,
  poolBytes: null,
  pullThrough: null,
  host: '127.0.0.1',
};

test('a taken port is named with the way out', async () => {
  const other = createServer();
  await new Promise<void>((settle) => other.listen(0, '127.0.0.1', settle));
  const { port } = other.address() as AddressInfo;
  try {
    await expect(checkPort({ ...config, port })).rejects.toMatchObject({
      code: 'port_taken',
      message: `Port ${port} on 127.0.0.1 is taken by another program.`,
    });
  } finally {
    other.close();
  }
  await expect(checkPort({ ...config, port })).resolves.toBeUndefined();
});

test('a data directory in which sockets cannot be is refused before anything is made', () => {
  const check = (dataDirectory: string) => () => checkDirectory({ ...config, port: 0, dataDirectory });
  expect(check('/var/lib/drydock')).not.toThrow();
  expect(check(`/srv/${'x'.repeat(90)}`)).toThrow('bytes too long for the sockets in it');
  expect(check('/srv/dry dock')).toThrow('has a blank, comma or quote in it');
});
