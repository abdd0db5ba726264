/** Builds made by hand: a Dockerfile, and how BuildKit would tell of each of its steps. */
import type { Context } from '../context.ts';
import { parseDockerfile } from '../dockerfile.ts';
import type { Vertex } from '../history.ts';
import { joinSteps, type Step } from '../steps.ts';
import { type Compared, whyRun } from '../why.ts';

export function vertex(name: string, parts: Partial<Vertex> = {}): Vertex {
  return { digest: name, name, inputs: [], cached: false, durationMs: 5, error: null, said: [], ...parts };
}

type Parts = {
  vertexes: Vertex[];
  attributes?: Record<string, string>;
  files?: Record<string, string>;
  failedLine?: number;
  /** Id of every image that a stage begins with; null: nobody knows. */
  base?: string | null;
};

export function built(dockerfile: string | null, parts: Parts): Compared & { steps: Step[] } {
  const { vertexes, attributes = {}, files, failedLine = null, base = 'one' } = parts;
  const failed = failedLine !== null || vertexes.some(({ error }) => error !== null);
  const context: Context | null = files ? { files: new Map(Object.entries(files)), ignored: [] } : null;
  return {
    record: { attributes: new Map(Object.entries(attributes)) },
    vertexes,
    steps: joinSteps(dockerfile === null ? null : parseDockerfile(dockerfile), vertexes, {
      failed,
      failedLine,
    }),
    context,
    bases: new Map(base === null ? [] : vertexes.map(({ digest }) => [digest, base] as const)),
  };
}

/** Line → why it ran. */
export function whys(now: Compared, before: Compared | null) {
  const all = now.steps.map((step) => [step.instruction?.firstLine ?? 0, whyRun(step, now, before)] as const);
  return Object.fromEntries(all.filter(([, why]) => why !== null));
}
