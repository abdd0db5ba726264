/** What an author sees in development in place of a lesson that cannot be shown: every problem by file and line. */
import type { PageWords } from '#app/_lib/page-words.ts';

/** Nothing tells a page without a sandbox that a file was saved. */
const LOOK_AGAIN_SECONDS = 2;

export function BrokenLesson({ words: { t }, problems }: { words: PageWords; problems: string }) {
  const { title, text } = t.errors.lesson_broken;
  return (
    <main id="content" className="mx-auto flex max-w-240 flex-col gap-4 p-6">
      <meta httpEquiv="refresh" content={String(LOOK_AGAIN_SECONDS)} />
      <h1 className="text-xl font-strong">{title}</h1>
      <p className="text-md text-ink-2">{text}</p>
      <pre className="rounded-touch border border-line bg-well p-4 text-mono-sm whitespace-pre-wrap">
        {problems}
      </pre>
    </main>
  );
}
