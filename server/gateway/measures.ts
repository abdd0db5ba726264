/** What Prometheus reads: how many of what there are, and the limits they run against. */
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { Config } from '#server/config.ts';
import { sandboxStateSchema } from '#server/protocol/sandbox.ts';
import type { Sandboxes } from '#server/sandbox/contract.ts';
import type { TraceCounts } from '#server/trace/contract.ts';

export type MeasuresOptions = {
  sandboxes: Pick<Sandboxes, 'all'>;
  /** Counted by others at the moment of asking. */
  counts: {
    warmMachines(): number;
    machinesAwake(): number;
    capacity(): number;
    waiting(): number;
    terminals(): number;
    feedViewers(): number;
    sockets(): number;
    previewLines(): number;
    previewLinesPerSandbox(): number;
    traces(): TraceCounts;
  };
  config: Pick<
    Config,
    'sandboxesPerUser' | 'terminalsPerMachine' | 'warmMachines' | 'sleepAfterMs' | 'keepForMs' | 'machine'
  >;
};

export interface Measures {
  countRequest(route: string, status: number): void;
  countRefusal(code: string): void;
  expose(): Promise<{ type: string; body: string }>;
}

export function createMeasures({ sandboxes, counts, config }: MeasuresOptions): Measures {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'drydock_' });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name: `drydock_${name}`,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });

  const byState = new Gauge({
    name: 'drydock_sandboxes',
    help: 'Live sandboxes by state.',
    labelNames: ['state'],
    registers,
  });
  gauge('warm_machines', 'Machines that wait, started, for a learner.', counts.warmMachines);
  gauge('machines_awake', 'Machines that run now.', counts.machinesAwake);
  gauge('queue', 'Sandboxes that wait for their turn.', counts.waiting);
  gauge('terminals', 'Terminals that are open, watched or not.', counts.terminals);
  gauge('feed_viewers', 'Open feeds of sandboxes.', counts.feedViewers);
  gauge('sockets', 'Open WebSockets.', counts.sockets);
  gauge('preview_connections', 'Open connections of previews to machines.', counts.previewLines);
  gauge(
    'limit_preview_connections_per_sandbox',
    'Connections of previews that one sandbox may have.',
    counts.previewLinesPerSandbox,
  );
  gauge('limit_machines_awake', 'Machines that may run at once.', counts.capacity);
  gauge('limit_warm_machines', 'Warm machines wanted.', () => config.warmMachines);
  gauge('limit_sandboxes_per_user', 'Live sandboxes of one learner.', () => config.sandboxesPerUser);
  gauge('limit_terminals_per_machine', 'Terminals of one machine.', () => config.terminalsPerMachine);
  gauge('limit_sleep_after_seconds', 'Unvisited for so long, asleep.', () => config.sleepAfterMs / 1000);
  gauge('limit_keep_for_seconds', 'Unvisited for so long, closed.', () => config.keepForMs / 1000);
  gauge('limit_machine_memory_bytes', 'Memory of one machine.', () => config.machine.memoryBytes);
  gauge('limit_machine_disk_bytes', 'Disk of one machine.', () => config.machine.diskBytes);
  gauge('limit_machine_pids', 'Processes of one machine.', () => config.machine.pids);
  gauge('limit_machine_cpus', 'Processors of one machine.', () => config.machine.cpus);

  const total = (name: string, help: string, read: () => number) =>
    new Counter({
      name: `drydock_${name}_total`,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  total('trace_spans', 'Spans taken in from machines.', () => counts.traces().received);
  total('trace_spans_dropped', 'Spans over a limit, or of no learner.', () => counts.traces().dropped);
  total('trace_refusals', 'Posts of traces that were turned away.', () => counts.traces().refused);

  const requests = new Counter({
    name: 'drydock_requests_total',
    help: 'Answered requests to the API by route and status.',
    labelNames: ['route', 'status'],
    registers,
  });
  const refusals = new Counter({
    name: 'drydock_refusals_total',
    help: 'Refused requests and sockets by code: limits show here.',
    labelNames: ['code'],
    registers,
  });

  return {
    countRequest: (route, status) => requests.inc({ route, status }),
    countRefusal: (code) => refusals.inc({ code }),
    async expose() {
      const all = sandboxes.all();
      for (const state of sandboxStateSchema.exclude(['closed']).options)
        byState.set({ state }, all.filter((sandbox) => sandbox.state === state).length);
      return { type: registry.contentType, body: await registry.metrics() };
    },
  };
}
