/** The trace room on a real socket of this host, where each machine posts from a loopback address of its own. */
import { once } from 'node:events';
import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import type { MachineRef } from '../../engine/contract.ts';
import { FakeClock } from '../../lib/clock.ts';
import { Emitter } from '../../lib/emitter.ts';
import type { Command } from '../../protocol/feed.ts';
import type { Sandbox, SandboxEvent } from '../../sandbox/contract.ts';
import type { Span } from '../contract.ts';
import { openTraces } from '../traces.ts';
import { encode } from './spans.ts';

export const ANN = { sandbox: 'annannaa', machine: 'node1' };
export const BOB = { sandbox: 'bobbobbb', machine: 'node1' };
const ADDRESSES = new Map([
  ['127.0.0.2', ANN],
  ['127.0.0.3', BOB],
]);
export const ANNS = '127.0.0.2';
export const BOBS = '127.0.0.3';
/** A machine made ahead: it has an address, but no learner. */
export const NOBODYS = '127.0.0.4';

export type Post = {
  from?: string;
  path?: string;
  method?: string;
  headers?: OutgoingHttpHeaders;
  body?: Buffer;
};

export async function openTraceRoom() {
  const clock = new FakeClock();
  const changes = new Emitter<SandboxEvent>();
  const commands = new Emitter<{ sandbox: string; command: Command }>();
  const sandboxes = { all: () => [], on: (listener: (event: SandboxEvent) => void) => changes.on(listener) };
  const traces = await openTraces({
    engine: {
      machineAt: (address) =>
        ADDRESSES.get(address) ?? (address === NOBODYS ? { sandbox: 'warmwarm', machine: 'node1' } : null),
    },
    sandboxes,
    onCommand: (listener) => commands.on(listener),
    listen: { host: '127.0.0.1', port: 0 },
    clock,
  });
  const sandbox = (id: string, state: Sandbox['state']) => ({ id, state }) as Sandbox;
  const ref = (place: typeof ANN): MachineRef => ({ node: 'local', generation: 1, ...place });
  const up = (place: typeof ANN) =>
    changes.emit({ type: 'machine-up', sandbox: sandbox(place.sandbox, 'ready'), ref: ref(place) });
  up(ANN);
  up(BOB);

  /** The status of the answer. */
  const post = async ({ from = ANNS, path = '/v1/traces', method = 'POST', headers, body }: Post) => {
    const sent = request({
      host: '127.0.0.1',
      port: traces.port,
      localAddress: from,
      path,
      method,
      headers: {
        'content-type': 'application/x-protobuf',
        'content-length': body?.length ?? 0,
        connection: 'close',
        ...headers,
      },
    });
    sent.end(body);
    const [reply] = (await once(sent, 'response')) as [IncomingMessage];
    reply.resume();
    await once(reply, 'close');
    return reply.statusCode;
  };

  return {
    clock,
    traces,
    post,
    up,
    tells: (spans: Span[], from?: string) => post({ body: encode(spans), from }),
    types: (command: Command, sandbox = ANN.sandbox) => commands.emit({ sandbox, command }),
    /** Its learner takes this machine away. */
    loses: (place: typeof ANN) =>
      changes.emit({
        type: 'machine-removed',
        sandbox: sandbox(place.sandbox, 'ready'),
        machine: place.machine,
      }),
    becomes: (id: string, state: Sandbox['state']) =>
      changes.emit({ type: 'changed', sandbox: sandbox(id, state) }),
    /** A bare connection, to say on it what no client would. */
    async connects(from = ANNS) {
      const socket = connect({ host: '127.0.0.1', port: traces.port, localAddress: from });
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      return socket;
    },
    [Symbol.asyncDispose]: () => traces[Symbol.asyncDispose](),
  };
}
