/** One measured figure, its goal, and whether the goal was met: a line of `npm run bench -- --json`. */

export type Figure = {
  name: string;
  /** The figure held against the goal: the p95 where the goal says p95, the single value else. */
  value: number;
  unit: string;
  p50?: number;
  p95?: number;
  p99?: number;
  /** In words: `p95 ≤ 300`. */
  goal: string;
  ok: boolean;
};

type Quantile = 'p50' | 'p95' | 'p99';
type Goal = { at?: Quantile; most?: number; least?: number };

/** The q-quantile of the samples by nearest rank; samples need not be sorted. */
export function quantile(samples: readonly number[], q: number): number {
  if (samples.length === 0) throw new Error('invariant: a quantile needs a sample');
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)]!;
}

/** A figure from many samples, held against bounds on some of its quantiles. */
export function fromSamples(options: {
  name: string;
  unit: string;
  samples: readonly number[];
  goals: readonly Goal[];
}): Figure {
  const spread = {
    p50: quantile(options.samples, 0.5),
    p95: quantile(options.samples, 0.95),
    p99: quantile(options.samples, 0.99),
  };
  const checked = options.goals.map((goal) => ({
    ...goal,
    at: goal.at ?? 'p50',
    value: spread[goal.at ?? 'p50'],
  }));
  return {
    name: options.name,
    value: round(checked[0]?.value ?? spread.p50),
    unit: options.unit,
    p50: round(spread.p50),
    p95: round(spread.p95),
    p99: round(spread.p99),
    goal: checked.map((goal) => `${goal.at} ${words(goal)}`).join(', ') || 'none',
    ok: checked.every((goal) => meets(goal.value, goal)),
  };
}

/** A figure that is one number. */
export function single(options: { name: string; unit: string; value: number; goal?: Goal }): Figure {
  return {
    name: options.name,
    value: round(options.value),
    unit: options.unit,
    goal: options.goal ? words(options.goal) : 'none',
    ok: options.goal ? meets(options.value, options.goal) : true,
  };
}

function meets(value: number, goal: Goal): boolean {
  return value <= (goal.most ?? Infinity) && value >= (goal.least ?? -Infinity);
}

function words(goal: Goal): string {
  return goal.most === undefined ? `≥ ${goal.least}` : `≤ ${goal.most}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
