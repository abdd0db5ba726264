/** What is wrong with a lesson: file, line, what it is and the way to mend it. */
export type Problem = { file: string; line: number; message: string };

/** Lessons that cannot be used; the message has one line for each problem and is meant for the author. */
export class LessonError extends Error {
  readonly code = 'bad_lesson';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ file, line, message }) => `${file}:${line}  ${message}`).join('\n'));
    this.name = 'LessonError';
    this.problems = problems;
  }
}

/** Collects problems, so that an author sees all of them at once. */
export class Problems {
  readonly list: Problem[] = [];

  add(file: string, line: number, message: string): void {
    this.list.push({ file, line, message });
  }
}
