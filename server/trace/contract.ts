/** What the engines of machines told of their work: spans, the calls of the API among them, and the commands that caused them. */
import type { Unsubscribe } from '../lib/emitter.ts';
import type { Command } from '../protocol/feed.ts';

export type AttributeValue = string | number | boolean;

/** OpenTelemetry's kinds: who serves a request, who sends one, and work inside one process. */
export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

/** One piece of work, as its program reported it when it ended. A learner may have made it up. */
export type Span = {
  readonly traceId: string;
  readonly spanId: string;
  /** Null for the first of its trace. The parent may never be told to us. */
  readonly parentId: string | null;
  /** Who did it: `dockerd`, or `buildx`, which reports by way of dockerd. */
  readonly service: string;
  /** `POST /containers/create`, `containerd.services.tasks.v1.Tasks/Start`, `[2/3] RUN make`. */
  readonly name: string;
  readonly kind: SpanKind;
  /** Milliseconds since 1970, with a fraction. Machines have the host's clock. */
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly attributes: ReadonlyMap<string, AttributeValue>;
  /** What went wrong, in the program's words; null when it went well. */
  readonly error: string | null;
};

/** One call of a machine's engine API. */
export type ApiCall = {
  readonly traceId: string;
  readonly spanId: string;
  readonly method: string;
  /** Without the version before it and without the question after it: `/containers/web/start`. */
  readonly path: string;
  /** Null where the engine sent no status: the connection was taken over, or lost. */
  readonly status: number | null;
  /** `Docker-Client/26.1.5 (linux)`, `curl/8.14.1`; empty when it gave none. */
  readonly userAgent: string;
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly requestBytes: number | null;
  readonly responseBytes: number | null;
  /** The command that caused it, once that has ended; null for a call of nobody's command. */
  readonly command: Command | null;
};

/** A call with what the engine did for it, in the order in which it began. */
export type TracedCall = { readonly call: ApiCall; readonly spans: readonly Span[] };

/** All that is known of what one command set off. */
export type CommandTrace = {
  readonly command: Command;
  readonly calls: readonly TracedCall[];
  /** Work in the time of the command that names no call as its cause: starting a task, the steps of a build. */
  readonly others: readonly Span[];
};

export interface Traces {
  /** Calls of this machine's engine, the server's own left out, in the order in which they began. */
  calls(sandbox: string, machine: string): readonly ApiCall[];
  /** Null where nothing is kept of such a command. Spans of a command come until about a second after it. */
  of(sandbox: string, command: Command): CommandTrace | null;
  /** More spans of a machine came in: these. */
  on(listener: (event: { sandbox: string; machine: string; spans: readonly Span[] }) => void): Unsubscribe;
  /** How many since the start. */
  counts(): TraceCounts;
}

export type TraceCounts = {
  /** Spans that were taken in. */
  received: number;
  /** Requests that were turned away: not in our form, too large, or too many. */
  refused: number;
  /** Spans that nobody will ask for: of machines without a learner, or over a limit. */
  dropped: number;
};

export class TraceError extends Error {
  readonly code: 'cannot_listen';
  constructor(code: TraceError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TraceError';
    this.code = code;
  }
}
