/** What setting up this host needs to know, how it tells of itself, and what it hands to the house. */
import type { Config } from '../config.ts';
import type { LocalEngineSettings } from '../engine/contract.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { CatalogImage } from './catalog/catalog-index.ts';

export type HostConfig = Pick<
  Config,
  'dataDirectory' | 'artifactsDirectory' | 'engineSocket' | 'poolBytes' | 'port' | 'host' | 'pullThrough'
>;

/** Says how far a long step is, in a few words: `unpacking 120 of 300`. */
export type Progress = (detail: string) => void;

/** Where set-up says what it does; a terminal, or nobody. */
export interface Report {
  /** A step that has work to do begins; end it once. */
  begin(title: string): StepReport;
  /** Something the operator should know although set-up goes on. */
  warn(sentence: string): void;
}

export interface StepReport {
  detail: Progress;
  done(): void;
  failed(): void;
}

/** One thing that must be so on this host. Safe to interrupt anywhere: the next run carries on. */
export type Step<Value> = {
  title: string;
  /** Cheap: the value when all is as it must be, else null. */
  check(): Promise<Value | null>;
  apply(progress: Progress): Promise<Value>;
};

export type Host = {
  engine: LocalEngineSettings;
  /** Where the trace receiver (OTLP over HTTP) listens for machines. */
  traceAddress: { host: string; port: number };
  /** What the mirror serves. */
  catalog: readonly CatalogImage[];
  /** Where pull-through is set, machines find their mirror only while this is open. */
  openPullThrough(clock: Clock, log: Log): Promise<AsyncDisposable>;
  /** Starts again whatever of our daemons dies, until disposed. */
  keepDaemons(log: Log): Disposable;
};

export const SERVICE_PORTS = { dns: 53, trace: 4318, mirror: 5000 } as const;

/** Runs a step unless all is there, timed and reported. */
export async function take<Value>(step: Step<Value>, report: Report): Promise<Value> {
  const ready = await step.check();
  if (ready !== null) return ready;
  const running = report.begin(step.title);
  try {
    const value = await step.apply(running.detail);
    running.done();
    return value;
  } catch (error) {
    running.failed();
    throw error;
  }
}

/** For work that finds out by itself that it was done before: it is reported from the moment it says something. */
export async function takeBuild<Value>(
  title: string,
  report: Report,
  build: (progress: Progress) => Promise<Value>,
): Promise<Value> {
  const started: StepReport[] = [];
  const detail: Progress = (text) => {
    if (started.length === 0) started.push(report.begin(title));
    for (const running of started) running.detail(text);
  };
  try {
    const value = await build(detail);
    for (const running of started) running.done();
    return value;
  } catch (error) {
    for (const running of started) running.failed();
    throw error;
  }
}
