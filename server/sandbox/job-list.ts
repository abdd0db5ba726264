/** Work in the background: one job at a time for each sandbox, a failure is logged, and all can be waited for. */
import { KeyedLock } from '../lib/keyed-lock.ts';
import type { Log } from '../lib/log.ts';

export class JobList {
  readonly #log: Log;
  readonly #turn = new KeyedLock();
  readonly #running = new Set<Promise<void>>();

  constructor(log: Log) {
    this.#log = log;
  }

  run(key: string, what: string, work: () => Promise<void>): void {
    this.do(key, work).catch((error: unknown) =>
      this.#log.error('a job of a sandbox failed', { job: what, sandbox: key, error }),
    );
  }

  /** As `run`, for somebody who waits for it and hears of its failure. */
  do<Value>(key: string, work: () => Promise<Value>): Promise<Value> {
    const job = this.#turn.run(key, work);
    const ended: Promise<void> = job.then(
      () => void this.#running.delete(ended),
      () => void this.#running.delete(ended),
    );
    this.#running.add(ended);
    return job;
  }

  /** Resolves when no job runs, those included that other jobs began. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
