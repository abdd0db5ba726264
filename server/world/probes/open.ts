/** Goes and looks in machines for what no event tells. Whatever a machine does, a look ends in time and rejects nothing. */
import { EngineError, type Engine } from '#server/engine/contract.ts';
import type { Sandboxes } from '#server/sandbox/contract.ts';
import type { Log } from '../../lib/log.ts';
import { ExchangeError } from '../exchange.ts';
import type { FindingOf, Probe, Probes } from './contract.ts';
import { lookAtDiff } from './diff.ts';
import { lookAtFile } from './file.ts';
import { lookAtPage } from './http.ts';
import type { Reach } from './reach.ts';
import { runScript } from './shell.ts';

export type ProbesOptions = {
  engine: Pick<Engine, 'dial' | 'run'>;
  sandboxes: Pick<Sandboxes, 'get'>;
  log: Log;
};

export function openProbes({ engine, sandboxes, log }: ProbesOptions): Probes {
  const roomLog = log.for('probes');
  return {
    async look<Asked extends Probe>(sandbox: string, probe: Asked) {
      const ref = sandboxes.get(sandbox)?.machines.get(probe.machine);
      if (!ref) return null;
      try {
        return (await lookFor({ engine, ref }, probe)) as FindingOf<Asked> | null;
      } catch (error) {
        const expected = error instanceof EngineError || error instanceof ExchangeError;
        roomLog[expected ? 'debug' : 'error']('a look failed', { sandbox, kind: probe.kind, error });
        return null;
      }
    },
  };
}

function lookFor(reach: Reach, probe: Probe): Promise<FindingOf<Probe> | null> {
  switch (probe.kind) {
    case 'file':
      return lookAtFile(reach, probe);
    case 'http':
      return lookAtPage(reach, probe);
    case 'shell':
      return runScript(reach, probe);
    case 'diff':
      return lookAtDiff(reach, probe);
  }
}
