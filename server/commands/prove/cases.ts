/** What is proven of a lesson: that it fails before, passes after, and that wrong attempts are answered. */
import type { LessonDefinition, ProofLine } from '#server/lessons/contract.ts';
import type { Fact, TaskState } from '#server/protocol/tasks.ts';
import type { House } from '../house.ts';
import type { NewGuest } from './guests.ts';
import { Learner } from './learner.ts';

/** A task must tick this soon after its proof. */
const TICK_MS = 2_000;
/** Long enough for tasks to pass, or to tell a near miss, if they were going to. */
const SETTLED_MS = 1_500;
/** A near miss is told once things have settled; how soon is nobody's promise. */
const TOLD_MS = 10_000;

export type Check = { lesson: string; name: string; problem: string | null };
/** `tickMs`: of the slowest tick, from the end of the proof of its step. */
export type Figures = {
  seconds: number;
  tickMs: number;
  memoryBytes: number;
  diskBytes: number;
  pulls: number;
};
export type Outcome = { checks: Check[]; figures: Figures | null };

export type Case = { lesson: string; name: string; run(): Promise<Outcome> };

type Place = { house: House; newGuest: NewGuest };

export function casesOf(lesson: LessonDefinition, place: Place): Case[] {
  const title = `${lesson.key.course}/${lesson.key.lesson}`;
  const proof: Case = { lesson: title, name: 'proof', run: () => proveRight(title, lesson, place) };
  const wrong = lesson.wrong.map((attempt): Case => {
    const name = `wrong: ${attempt.name}`;
    return {
      lesson: title,
      name,
      run: async () => ({
        checks: [{ lesson: title, name, problem: await proveWrong(lesson, attempt.name, place) }],
        figures: null,
      }),
    };
  });
  return [proof, ...wrong];
}

async function proveRight(
  title: string,
  lesson: LessonDefinition,
  { house, newGuest }: Place,
): Promise<Outcome> {
  const started = performance.now();
  const checks: Check[] = [];
  let tickMs = 0;
  const check = (name: string, problem: string | null) => void checks.push({ lesson: title, name, problem });
  await using learner = await Learner.open(house, lesson, await newGuest());
  for (const { id } of lesson.tasks) {
    const early = await learner.sees(id, ({ passed }) => passed, checks.length === 0 ? SETTLED_MS : 0);
    check(`${id} is open at the start`, early ? 'it has passed before anything was done' : null);
  }
  for (const [step, lines] of learner.lesson.proof) {
    await learner.follow(lines);
    const done = performance.now();
    for (const { id } of lesson.tasks.filter((task) => task.step === step)) {
      const ticked = await learner.sees(id, ({ passed }) => passed, TICK_MS);
      check(`${id} passes`, ticked ? null : `not within ${TICK_MS} ms: ${told(learner.state(id))}`);
    }
    tickMs = Math.max(tickMs, performance.now() - done);
  }
  const { memoryBytes, diskBytes } = await learner.usage();
  const seconds = (performance.now() - started) / 1000;
  return { checks, figures: { seconds, tickMs, memoryBytes, diskBytes, pulls: learner.pulls } };
}

/** Null when the attempt is answered as its author promised. */
async function proveWrong(
  lesson: LessonDefinition,
  name: string,
  { house, newGuest }: Place,
): Promise<string | null> {
  await using learner = await Learner.open(house, lesson, await newGuest());
  const attempt = learner.lesson.wrong.find((one) => one.name === name);
  if (!attempt) throw new Error(`invariant: no attempt ${name}`);
  await learner.follow(linesBefore(learner.lesson, attempt.task));
  // As a learner would: one begins with a task once those above it have ticked.
  for (const id of tasksBefore(learner.lesson, attempt.task))
    await learner.sees(id, ({ passed }) => passed, TICK_MS);
  await learner.follow(attempt.lines);
  const answered = ({ facts }: TaskState) => facts.some((fact) => answers(fact, attempt.answer));
  const hints = learner.lesson.tasks.find(({ id }) => id === attempt.task)?.hints ?? [];
  const isHinted = hints.some(({ en }) => en.includes(attempt.answer));
  const wasTold = await learner.sees(attempt.task, answered, isHinted ? SETTLED_MS : TOLD_MS);
  // What it would wrongly pass by may come a moment after what it says.
  if (await learner.sees(attempt.task, ({ passed }) => passed, wasTold ? SETTLED_MS : 0))
    return 'the task has passed';
  if (wasTold || isHinted) return null;
  return `nobody says “${attempt.answer}”: ${told(learner.state(attempt.task))}`;
}

/** The lesson as far as this task: the steps before it, and in its own step what stands above it. */
function linesBefore(lesson: LessonDefinition, id: string): ProofLine[] {
  const task = lesson.tasks.find((candidate) => candidate.id === id);
  const lines: ProofLine[] = [];
  for (const [step, script] of lesson.proof) {
    if (step !== task?.step) {
      lines.push(...script);
      continue;
    }
    const siblings = lesson.tasks.filter((other) => other.step === step);
    const above = siblings.slice(
      0,
      siblings.findIndex((other) => other.id === id),
    );
    for (const { solution } of above)
      lines.push(...solution.map((line): ProofLine => ({ type: 'type', ...line })));
    break;
  }
  return lines;
}

/** The tasks that `linesBefore` solves, in order. */
function tasksBefore(lesson: LessonDefinition, id: string): string[] {
  const at = lesson.tasks.findIndex((task) => task.id === id);
  const step = lesson.tasks[at]?.step;
  return lesson.tasks
    .slice(0, at)
    .filter((task) => task.step !== step || task.solution.length > 0)
    .map((task) => task.id);
}

function answers(fact: Fact, answer: string): boolean {
  return !fact.ok && (fact.field === answer || (fact.words?.en.includes(answer) ?? false));
}

function told(state: TaskState): string {
  const misses = state.facts
    .filter(({ ok }) => !ok)
    .map((fact) => `${fact.field}: ${fact.words?.en ?? fact.actual ?? 'nothing there'}`);
  return misses.join('; ') || 'the task says nothing';
}
