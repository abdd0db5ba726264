/** The yardstick for our terminals: a program on a TTY of the outer engine's own, read as fast as it comes (Engine API 1.41). */
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** Starts a command on a TTY in the machine that bears this sandbox's label. */
export async function openRawTerminal(
  socketPath: string,
  sandbox: string,
  command: string[],
): Promise<Duplex> {
  const filters = encodeURIComponent(JSON.stringify({ label: [`drydock.sandbox=${sandbox}`] }));
  const [machine] = (await call(socketPath, 'GET', `/containers/json?filters=${filters}`)) as {
    Id: string;
  }[];
  if (!machine) throw new Error(`The outer engine has no machine of ${sandbox}.`);
  const streams = { AttachStdin: true, AttachStdout: true, AttachStderr: true };
  const exec = (await call(socketPath, 'POST', `/containers/${machine.Id}/exec`, {
    ...streams,
    Tty: true,
    Cmd: command,
  })) as { Id: string };
  const started = request({
    socketPath,
    method: 'POST',
    path: `/exec/${exec.Id}/start`,
    headers: { 'content-type': 'application/json', connection: 'Upgrade', upgrade: 'tcp' },
  });
  started.end(JSON.stringify({ Tty: true }));
  const [, socket] = (await once(started, 'upgrade')) as [IncomingMessage, Duplex];
  return socket;
}

async function call(socketPath: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const sent = request({ socketPath, method, path, headers: { 'content-type': 'application/json' } });
  sent.end(body === undefined ? undefined : JSON.stringify(body));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  if ((response.statusCode ?? 500) >= 300) throw new Error(`${method} ${path}: ${text}`);
  return JSON.parse(text);
}
