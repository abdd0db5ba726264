/** A machine in memory whose helper a test plays by hand: sees each request as it came, says whatever it likes. */
import { FakeClock } from '../../lib/clock.ts';
import { silentLog } from '../../lib/log.ts';
import { Emitter } from '../../lib/emitter.ts';
import type { MachineRef } from '../../engine/contract.ts';
import type { Sandbox, SandboxEvent } from '../../sandbox/contract.ts';
import { FakeEngine, key, type FakeProcess } from '../../sandbox/testing/fake-engine.ts';
import { openFiles } from '../files.ts';
import { encodeFrame } from '../frames.ts';

export const PLACE = { sandbox: 'aaaaaaa2', machine: 'node1', path: '/root/f' };
const REF: MachineRef = { node: 'here', sandbox: PLACE.sandbox, machine: PLACE.machine, generation: 1 };

/** `A`: what stands there, as agent/files.c packs it. */
export function standing(kind: string, bytes = 0, version = 'aaaaaaaaaaaaaaaa'): Buffer {
  const payload = Buffer.alloc(29);
  payload.write(kind);
  payload.writeBigUInt64BE(BigInt(bytes), 1);
  payload.writeBigUInt64BE(1_900_000_000n, 9);
  payload.writeUInt32BE(0o644, 17);
  payload.write(version, 21, 8, 'hex');
  return encodeFrame('A', payload);
}

/** `I` */
export function entry(name: string | Buffer, kinds = 'f-'): Buffer {
  const head = Buffer.alloc(22);
  head.write(kinds);
  return encodeFrame('I', Buffer.concat([head, Buffer.from(name)]));
}

export const bytes = (content: string | Buffer) => encodeFrame('B', Buffer.from(content));
export const end = (more = false) => encodeFrame('E', Buffer.from([more ? 1 : 0]));
export const changed = (path: string) => encodeFrame('C', Buffer.from(path));
export function failed(reason: number, version = '0000000000000000'): Buffer {
  const payload = Buffer.alloc(12);
  payload.writeUInt32BE(reason);
  payload.write(version, 4, 8, 'hex');
  return encodeFrame('F', payload);
}

type Request = { type: string; payload: Buffer };

export class FakeHelper {
  readonly process: FakeProcess;
  readonly requests: Request[] = [];
  #held = Buffer.alloc(0);

  constructor(process: FakeProcess, onRequest: (helper: FakeHelper, request: Request) => void) {
    this.process = process;
    // As the true one does: who asked is gone.
    process.stdin.on('end', () => process.exit(0));
    process.stdin.on('data', (chunk: Buffer) => {
      this.#held = Buffer.concat([this.#held, chunk]);
      while (this.#held.length >= 5 && this.#held.length >= 5 + this.#held.readUInt32BE(1)) {
        const length = this.#held.readUInt32BE(1);
        const request = {
          type: this.#held.toString('latin1', 0, 1),
          payload: this.#held.subarray(5, 5 + length),
        };
        this.#held = this.#held.subarray(5 + length);
        this.requests.push(request);
        onRequest(this, request);
      }
    });
  }

  say(...frames: Buffer[]): void {
    this.process.stdout.write(Buffer.concat(frames));
  }
}

export type Play = (helper: FakeHelper, request: Request) => void;

export function openFakeFiles(play: Play) {
  const engine = new FakeEngine();
  const clock = new FakeClock();
  const helpers: FakeHelper[] = [];
  const room = { play, isUp: true };
  engine.onExec((process) => {
    helpers.push(new FakeHelper(process, (helper, request) => room.play(helper, request)));
  });
  engine.machinesMade.set(key(REF), {
    ref: REF,
    spec: { ...REF, images: [], limits: { memoryBytes: 1, pids: 1, cpus: 1, diskBytes: 1 } },
    running: true,
    starts: 1,
  });
  const events = new Emitter<SandboxEvent>();
  const sandbox = () =>
    ({
      id: PLACE.sandbox,
      state: room.isUp ? 'ready' : 'asleep',
      machines: new Map(room.isUp ? [[PLACE.machine, REF]] : []),
      view: () => ({ machines: [{ name: PLACE.machine }] }),
    }) as unknown as Sandbox;
  const sandboxes = {
    get: (id: string) => (id === PLACE.sandbox ? sandbox() : null),
    on: (listener: (event: SandboxEvent) => void) => events.on(listener),
  };
  const files = openFiles({ engine, sandboxes, clock, log: silentLog });
  return {
    files,
    engine,
    clock,
    helpers,
    room,
    goDown() {
      room.isUp = false;
      events.emit({ type: 'machine-down', sandbox: sandbox(), ref: REF });
    },
    comeUp() {
      room.isUp = true;
      events.emit({ type: 'machine-up', sandbox: sandbox(), ref: REF });
    },
  };
}
