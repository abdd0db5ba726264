/** What an author sees in development in place of a lesson that cannot be shown: every problem by file and line. */
'use client';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';

/** Nothing tells a page without a sandbox that a file was saved. */
const LOOK_AGAIN_MS = 2_000;

export function BrokenLesson({ problems }: { problems: string }) {
  const { t } = useI18n();
  const { refresh } = useRouter();
  useEffect(() => {
    const timer = setInterval(refresh, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [refresh]);
  const { title, text } = t.errors.lesson_broken;
  return (
    <main id="content" className="mx-auto flex max-w-4xl flex-col gap-4 p-6">
      <h1 className="text-2xl font-semibold">{title}</h1>
      <p className="text-ink-2">{text}</p>
      <pre className="rounded-md border border-line bg-well p-4 text-sm whitespace-pre-wrap">{problems}</pre>
    </main>
  );
}
