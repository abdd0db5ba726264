/** One task of one sandbox: what is known of it, and the state that a page shows. */
import type { TaskDefinition } from '#server/lessons/contract.ts';
import type { TaskRecord } from '#server/store/contract.ts';
import { answerOf, type AnswerExpectation } from '#server/lessons/expectation.ts';
import type { SolutionLine, TaskState } from '../protocol/tasks.ts';
import { judgeAll } from './judge.ts';
import { judgeAnswer, passedChoice, rightAnswer } from './kinds/answer.ts';
import { pointsFor } from './points.ts';
import { fact, type Sources, type Verdict } from './verdict.ts';

/** `settled`: nothing has happened for a while. */
export type Moment = { now: Date; settled: boolean };

const UNTOUCHED: Verdict = { passed: false, near: false, facts: [] };

export class TaskMemory {
  readonly definition: TaskDefinition;
  readonly #question: AnswerExpectation | null;
  #passedAt: Date | null = null;
  #hintsGiven = 0;
  #solved = false;
  /** What the page shows; near misses get in only once things have settled. */
  #shown: Verdict = UNTOUCHED;
  /** What the first look said, as text: it stood so before the learner did anything. */
  #first: string | null = null;
  #attempted = false;

  readonly #scored: boolean;

  constructor(definition: TaskDefinition, scored: boolean) {
    this.definition = definition;
    this.#scored = scored;
    this.#question = answerOf(definition.expect);
  }

  get passed(): boolean {
    return this.#passedAt !== null;
  }

  get passedAtMs(): number | null {
    return this.#passedAt?.getTime() ?? null;
  }

  get isQuestion(): boolean {
    return this.#question !== null;
  }

  /** True while looking at the machine can still change anything. */
  get isOpen(): boolean {
    return !this.#question && (!this.passed || this.definition.hold);
  }

  get record(): TaskRecord {
    return {
      task: this.definition.id,
      passedAt: this.#passedAt,
      hintsGiven: this.#hintsGiven,
      solved: this.#solved,
    };
  }

  get state(): TaskState {
    const { id, step, hints } = this.definition;
    const { near, facts } = this.#shown;
    return {
      id,
      step,
      passed: this.passed,
      passedAt: this.#passedAt?.toISOString() ?? null,
      near: near && !this.passed,
      facts: near || this.passed ? facts : [],
      hintsGiven: hints.slice(0, this.#hintsGiven),
      hintsTotal: hints.length,
      solved: this.#solved,
      points: this.#scored ? pointsFor(this.record) : null,
    };
  }

  restore(record: TaskRecord): void {
    this.#passedAt = record.passedAt;
    this.#hintsGiven = Math.min(record.hintsGiven, this.definition.hints.length);
    this.#solved = record.solved;
    this.#showChoice();
  }

  /** What the learner reached elsewhere counts here too; nothing that was reached here is undone. */
  merge(record: TaskRecord): void {
    this.#passedAt ??= record.passedAt;
    this.#hintsGiven = Math.min(Math.max(this.#hintsGiven, record.hintsGiven), this.definition.hints.length);
    this.#solved ||= record.solved;
    this.#showChoice();
  }

  /** Passing is what is kept of it; which option was right then can only be one. */
  #showChoice(): void {
    const choice = this.passed && this.#question ? passedChoice(this.#question) : null;
    if (choice) this.#shown = choice;
  }

  /** The learner has done something while this task was next in turn. */
  noteAttempt(): void {
    this.#attempted = true;
  }

  /** Judges anew. True when it passed, or stopped passing, just now: that must be kept. */
  look(sources: Sources, at: Moment): boolean {
    // A question is judged when it is answered: what the machine does later makes no answer right or wrong.
    if (!this.isOpen) return false;
    const verdict = this.#judge(sources);
    // What was so is not undone by our looking away: the machine sleeps, or the server has only just started.
    if (verdict.unseen && (this.passed || !verdict.near)) return false;
    return this.#take(verdict, at);
  }

  /** As `look`, for a question. A task that asks nothing stays as it is. */
  answer(value: string, sources: Sources, now: Date): boolean {
    if (!this.#question || this.passed) return false;
    return this.#take(judgeAnswer(this.#question, { ...sources, answer: value }), {
      now,
      settled: true,
    });
  }

  hint(): void {
    this.#hintsGiven = Math.min(this.#hintsGiven + 1, this.definition.hints.length);
  }

  /** The commands to show; of a question the right answer appears among the facts instead. */
  solve(sources: Sources): SolutionLine[] {
    this.#solved = true;
    if (!this.#question) return this.definition.solution;
    const right = rightAnswer(this.#question, sources);
    if (!right) return [];
    this.#shown = {
      passed: this.passed,
      near: true,
      facts: [
        fact({
          field: 'answer',
          ok: false,
          expected: right.en,
          actual: null,
          label: { en: 'the answer', zh: '答案' },
          words: { en: `the answer is: ${right.en}`, zh: `答案是：${right.zh}` },
        }),
      ],
    };
    return [];
  }

  /** That something has changed since the first look is an attempt too, however it was done. */
  #judge(sources: Sources): Verdict {
    const verdict = judgeAll(this.definition.expect, { ...sources, attempted: this.#attempted });
    if (verdict.unseen) return verdict;
    const text = JSON.stringify(verdict.facts);
    this.#first ??= text;
    if (this.#attempted || text === this.#first) return verdict;
    this.#attempted = true;
    return this.#judge(sources);
  }

  #take(verdict: Verdict, at: Moment): boolean {
    const turned = verdict.passed !== this.passed;
    // On the way to its goal a container is "created" for a moment: no miss is told before it had its time.
    if (verdict.passed || at.settled || turned) this.#shown = verdict;
    if (turned) this.#passedAt = verdict.passed ? at.now : null;
    return turned;
  }
}
