/** Lets probes look at this very host as if it were a machine: true processes, true sockets, no container. */
import { spawn } from 'node:child_process';
import { createServer, type RequestListener } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { EngineError, type Engine, type MachineRef } from '#server/engine/contract.ts';
import type { Reach } from '../probes/reach.ts';

const REF: MachineRef = { node: 'local', sandbox: 'abcdefgh', machine: 'node1', generation: 1 };

/** @param dockerPort where something answers in place of the machine's engine */
export function localReach(dockerPort?: number): Reach {
  return {
    engine: { run, dial: (_ref, target) => dial('port' in target ? target.port : dockerPort) },
    ref: REF,
  };
}

/** Answers on a port of its own until disposed. */
export async function serve(answer: RequestListener) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const run: Engine['run'] = async (_ref, { command, env, input = '', maxBytes = 1024 * 1024 }) => {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { env: { ...process.env, ...env } });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  child.stderr.resume();
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 137));
  });
  return { code, stdout: Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8'), stderr: '' };
};

function dial(port: number | undefined): ReturnType<Engine['dial']> {
  return new Promise((resolve, reject) => {
    const socket = connect(port ?? 0, '127.0.0.1');
    socket.once('connect', () => resolve(socket));
    socket.once('error', (cause) =>
      reject(new EngineError('machine_unreachable', 'Nothing answers.', { cause })),
    );
  });
}
