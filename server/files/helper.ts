/** One helper in a machine: takes requests one after the other, each within its time; one bad word of it ends it. */
import type { Engine, ExecProcess, MachineRef } from '../engine/contract.ts';
import { Bucket } from '../lib/bucket.ts';
import type { Clock } from '../lib/clock.ts';
import { FilesError } from './contract.ts';
import { FilesProtocolError, HelperFrameReader, type HelperFrame } from './frames.ts';
import { unreachable } from './refusals.ts';

const AGENT_PATH = '/usr/local/lib/drydock/agent';
const START_MS = 5_000;
/** Requests that wait for their turn. */
const WAITING_MAX = 64;
/** What a helper may tell of changes: it has at most 64 paths and looks ten times a second. */
const CHANGES = { burst: 1280, perMinute: 64 * 10 * 60 };
/** `agent` of a machine from before there were files here: it does not know the verb (sysexits.h). */
const BAD_USAGE = 64;

/** Sees each frame of the answer; the first that gives a value ends the turn. */
export type Listen<Value> = (frame: HelperFrame) => { done: Value } | null;

export type HelperEvents = {
  changed(paths: string[]): void;
  /** It is gone without having been closed. Called once. */
  lost(): void;
};

type Turn = { hear(frame: HelperFrame): void; fail(error: Error): void };

/** A learner, or too little memory, ended it: what only looks may be asked again at once. */
export class HelperEnded extends FilesError {}

export class Helper {
  readonly #process: ExecProcess;
  readonly #clock: Clock;
  readonly #events: HelperEvents;
  readonly #changes: Bucket;
  #turn: Turn | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #over: FilesError | null = null;

  /** @throws FilesError `machine_unreachable` */
  static async start(options: {
    engine: Pick<Engine, 'exec'>;
    ref: MachineRef;
    clock: Clock;
    events: HelperEvents;
  }): Promise<Helper> {
    return new Helper(await startAgent(options.engine, options.ref), options.clock, options.events);
  }

  private constructor(process: ExecProcess, clock: Clock, events: HelperEvents) {
    this.#process = process;
    this.#clock = clock;
    this.#events = events;
    this.#changes = new Bucket(CHANGES, clock.now().getTime());
    const reader = new HelperFrameReader();
    process.stdout.on('data', (chunk: Buffer) => this.#read(reader, chunk));
    for (const stream of [process.stdin, process.stdout, process.stderr])
      stream.on('error', (error: Error) =>
        this.#lose(unreachable('The connection to the machine broke.', error)),
      );
    process.exit.then(
      (code) => this.#lose(endedWith(code)),
      (error: Error) => this.#lose(unreachable('The machine stopped.', error)),
    );
  }

  get isOver(): boolean {
    return this.#over !== null;
  }

  get isIdle(): boolean {
    return this.#waiting === 0;
  }

  /**
   * One request and its answer. `send` writes the request's frames; the time runs anew with each piece that it gets rid
   * of. @throws FilesError
   */
  async ask<Value>(
    send: (write: (frame: Buffer) => Promise<void>) => Promise<void>,
    listen: Listen<Value>,
    limitMs: number,
  ): Promise<Value> {
    if (this.#waiting >= WAITING_MAX)
      throw new FilesError('too_many_requests', 'Too much is asked of this machine at once. Try again.');
    this.#waiting++;
    const turn = this.#last.then(() => this.#take(send, listen, limitMs));
    this.#last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.#waiting--;
    }
  }

  close(): void {
    this.#end(unreachable('The machine goes to sleep.'));
  }

  async #take<Value>(
    send: (write: (frame: Buffer) => Promise<void>) => Promise<void>,
    listen: Listen<Value>,
    limitMs: number,
  ): Promise<Value> {
    if (this.#over) throw this.#over;
    const { promise, resolve, reject } = Promise.withResolvers<Value>();
    const late = () => this.#lose(unreachable('The machine did not answer in time. It may be very busy.'));
    let timer = this.#clock.after(limitMs, late);
    this.#turn = {
      fail: reject,
      hear: (frame) => {
        const heard = listen(frame);
        if (heard) resolve(heard.done);
      },
    };
    const write = async (frame: Buffer) => {
      timer.cancel();
      timer = this.#clock.after(limitMs, late);
      await this.#write(frame);
    };
    const sent = send(write).catch((error: unknown) => {
      // Half a request was said: the helper waits for the rest, and gives everything up when it hears no more.
      reject(error as Error);
      this.#lose(unreachable('The request was broken off.'));
    });
    try {
      return await promise;
    } finally {
      // An answer that came too early must not let the next request into the middle of this one.
      if (!this.#over) await sent;
      timer.cancel();
      this.#turn = null;
    }
  }

  #write(frame: Buffer): Promise<void> {
    const { stdin } = this.#process;
    if (this.#over) return Promise.reject(this.#over);
    if (stdin.write(frame)) return Promise.resolve();
    return new Promise((resolve) => {
      // Gone is as good as drained: the next word finds that it is over.
      const go = () => {
        stdin.off('drain', go);
        stdin.off('close', go);
        resolve();
      };
      stdin.once('drain', go);
      stdin.once('close', go);
    });
  }

  #read(reader: HelperFrameReader, chunk: Buffer): void {
    if (this.#over) return;
    const changed: string[] = [];
    try {
      for (const frame of reader.read(chunk)) {
        if (frame.type === 'changed') changed.push(this.#takeChange(frame.path));
        else if (this.#turn) this.#hear(frame);
        else throw new FilesProtocolError('the helper speaks though nothing was asked');
      }
    } catch (error) {
      if (!(error instanceof FilesProtocolError)) throw error;
      return this.#lose(unreachable('The machine answered something that cannot be understood.', error));
    }
    if (changed.length > 0) this.#events.changed(changed);
  }

  #hear(frame: HelperFrame): void {
    try {
      this.#turn?.hear(frame);
    } catch (error) {
      if (error instanceof FilesProtocolError) throw error;
      this.#turn?.fail(error as Error);
      this.#turn = null;
    }
  }

  #takeChange(path: Buffer): string {
    if (!this.#changes.take(this.#clock.now().getTime()))
      throw new FilesProtocolError('the helper tells of more changes than it can have seen');
    return path.toString('utf8');
  }

  #lose(error: FilesError): void {
    if (this.#over) return;
    this.#end(error);
    this.#events.lost();
  }

  #end(error: FilesError): void {
    if (this.#over) return;
    this.#over = error;
    this.#process.close();
    this.#turn?.fail(error);
    this.#turn = null;
  }
}

/** @throws FilesError `machine_unreachable` */
export async function startAgent(engine: Pick<Engine, 'exec'>, ref: MachineRef): Promise<ExecProcess> {
  try {
    // Beside dockerd, where a learner's limits do not reach.
    return await engine.exec(ref, { command: [AGENT_PATH, 'files'], startTimeoutMs: START_MS });
  } catch (error) {
    throw unreachable('The machine does not answer. Wait a moment and try again.', error);
  }
}

export function endedWith(code: number): FilesError {
  if (code === BAD_USAGE)
    return unreachable(
      'This machine is older than the editor. Close it and open the lesson again for a new one.',
    );
  return new HelperEnded('machine_unreachable', 'The helper in the machine was ended. Try again.');
}
