/** `npm run new-lesson -- course/lesson`: lays out a folder with a small lesson that already passes its checks and proof. */
import { join, relative } from 'node:path';
import { layOut, LayOutError } from '#server/lessons/new-lesson.ts';

/** The last of the directories is the author's own, where there are several. */
const CONTENT = process.env.DRYDOCK_CONTENT?.split(':').at(-1) ?? join(import.meta.dirname, '../../content');

try {
  const folder = await layOut(CONTENT, process.argv[2] ?? '');
  const shown = relative('', folder);
  const name = process.argv[2];
  process.stdout.write(
    [
      `${shown} is laid out: one step, one task, one question, each proven.`,
      '',
      `  ${shown}/lesson.yaml       machines, steps, tasks`,
      `  ${shown}/lesson.en.md      the text; lesson.zh.md follows it`,
      `  ${shown}/proof/            what solves each step, and wrong attempts`,
      '',
      `Write, and see it at once:   npm run dev, then /en/learn/${name}`,
      'Check it:                    npm run check',
      `Prove it:                    npm run prove -- ${name}`,
      'How it all works:            content/README.md',
      '',
    ].join('\n'),
  );
} catch (error) {
  if (!(error instanceof LayOutError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
