/** What there is to do in a lesson, act by act, read off its page and its proofs: nothing here knows a lesson by name. */
import { join } from 'node:path';
import { toLessons } from '#server/lessons/assemble.ts';
import type { LessonDefinition, ProofLine } from '#server/lessons/contract.ts';
import { answerOf } from '#server/lessons/expectation.ts';
import { readContent } from '#server/lessons/load.ts';
import type { Block, Lesson, LessonStep } from '#server/protocol/lesson.ts';

export type Act =
  /** The `nth` block of the step that a key runs, from 0. */
  | { type: 'run'; nth: number }
  /** `typed` solves it where the commands of the text have not. */
  | { type: 'task'; id: string; typed: string[] }
  | { type: 'choose'; id: string; option: number }
  /** A word, a number, or `$(command)` for what it prints. */
  | { type: 'write'; id: string; value: string };

export type StepPath = { step: LessonStep; acts: Act[] };

const CONTENT = join(import.meta.dirname, '../../content');

/** `page` is the lesson as its learner reads it, in whatever language. */
export async function readPath(page: Lesson): Promise<StepPath[]> {
  const { courses } = await readContent([CONTENT]);
  const definition = toLessons(courses).definition(page.key);
  if (!definition) throw new Error(`${page.key.course}/${page.key.lesson} is no sound lesson of ${CONTENT}`);
  return page.steps.map((step) => ({ step, acts: actsOf(step, definition) }));
}

function actsOf(step: LessonStep, definition: LessonDefinition): Act[] {
  const places = inOrder(step.blocks);
  const runnable = places.flatMap(({ block }) =>
    block.type === 'code' && block.run !== null ? [block] : [],
  );
  const isOffered = (line: string) => runnable.some(({ text }) => `\n${text}\n`.includes(`\n${line}\n`));
  return places.flatMap(({ block, isFolded }): Act[] => {
    switch (block.type) {
      case 'code':
        if (block.run === null || isFolded) return [];
        return [{ type: 'run', nth: runnable.indexOf(block) }];
      case 'task': {
        const solution = definition.tasks.find(({ id }) => id === block.id)?.solution ?? [];
        const typed = solution.map(({ text }) => text).filter((line) => !isOffered(line));
        return [{ type: 'task', id: block.id, typed }];
      }
      case 'quiz':
        return [toAnswer(block.id, definition, definition.proof.get(step.id) ?? [])];
      default:
        return [];
    }
  });
}

/** Proofs give an option by its English text. */
function toAnswer(id: string, definition: LessonDefinition, proof: readonly ProofLine[]): Act {
  const given = proof.find((line) => line.type === 'give' && line.task === id);
  const question = answerOf(definition.tasks.find((task) => task.id === id)?.expect ?? []);
  if (given?.type !== 'give' || !question) throw new Error(`no proof answers ${id}`);
  if (!('choice' in question)) return { type: 'write', id, value: given.value };
  return { type: 'choose', id, option: question.choice.findIndex(({ text }) => text.en === given.value) };
}

/** As the page has them, those inside of others too; `isFolded`: unseen until it is opened. */
function inOrder(blocks: readonly Block[], isFolded = false): { block: Block; isFolded: boolean }[] {
  return blocks.flatMap((block) => {
    switch (block.type) {
      case 'list':
        return block.items.flatMap((item) => inOrder(item, isFolded));
      case 'quote':
        return inOrder(block.children, isFolded);
      case 'aside':
        return inOrder(block.children, isFolded || block.kind === 'deeper' || block.kind === 'hint');
      default:
        return [{ block, isFolded }];
    }
  });
}
