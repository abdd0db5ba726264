/** The tile of one learner, from what is known of them. */
import type { TaskDefinition } from '../lessons/contract.ts';
import type { LessonKey } from '../protocol/ids.ts';
import type { Tile } from '../protocol/wall.ts';
import { nameOf, type Facts, type LessonFacts, type TaskFacts } from './facts.ts';
import { isFull } from '../sandbox/notices.ts';
import type { Standing } from './signals.ts';
import { stuckOf } from './stuck.ts';
import { plainLine } from './text-screen.ts';

export type TileParts = {
  /** The tasks of a lesson in its order; none where it is gone. */
  tasksOf(lesson: LessonKey): readonly Pick<TaskDefinition, 'id' | 'step'>[];
  isHere(facts: Facts): boolean;
  isWatched(facts: Facts): boolean;
};

export function tileOf(facts: Facts, parts: TileParts, now: Date): Tile {
  const { place, sandbox, lesson, command, screen, signals } = facts;
  const own = lesson ? facts.lessons.get(nameOf(lesson)) : undefined;
  const tasks = lesson ? parts.tasksOf(lesson) : [];
  const here = place.userId !== null && parts.isHere(facts);
  const finishedAt = own ? finishOf(own, tasks) : null;
  const state = (id: string) => stateOf(own?.tasks.get(id));
  return {
    learner: place.id,
    name: place.name,
    presence: place.joinedAt === null ? 'never' : here ? 'here' : 'away',
    lesson,
    sandbox: sandbox && sandbox.state !== 'closed' ? { id: sandbox.id, state: sandbox.state } : null,
    step: own?.step ?? tasks.find(({ id }) => state(id) === 'open' || state(id) === 'near')?.step ?? null,
    tasks: tasks.map(({ id }) => ({ id, state: state(id) })),
    finishedAt: finishedAt?.toISOString() ?? null,
    command: command && {
      line: plainLine(command.line),
      exitCode: command.exitCode,
      at: command.at.toISOString(),
    },
    screen,
    activeAt: signals.activeAt?.toISOString() ?? null,
    handAt: place.handAt?.toISOString() ?? null,
    stuck: stuckOf(standingOf(facts, now), { here, finished: finishedAt !== null }),
    watched: parts.isWatched(facts),
  };
}

/** A machine that is full stays in trouble, however long ago it said so. */
function standingOf({ signals, sandbox }: Facts, now: Date): Standing {
  const standing = signals.at(now);
  const isFullNow = sandbox?.state === 'ready' && sandbox.view().machines.some(isFull);
  return { ...standing, machineTrouble: standing.machineTrouble || isFullNow };
}

/** A lesson to which its author has added a task is not finished any more, as long as that is open. */
function finishOf(lesson: LessonFacts, tasks: readonly { id: string }[]): Date | null {
  const passed = tasks.map(({ id }) => lesson.tasks.get(id)?.passedAt ?? null);
  if (passed.length === 0 || passed.includes(null)) return null;
  return lesson.finishedAt ?? new Date(Math.max(...passed.map((at) => at!.getTime())));
}

function stateOf(task: TaskFacts | undefined): Tile['tasks'][number]['state'] {
  if (!task) return 'open';
  if (task.passedAt) return task.helped ? 'helped' : 'passed';
  return task.near ? 'near' : 'open';
}
