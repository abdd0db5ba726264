/** On pages without a workspace: a button that starts a lesson again and goes there. */
'use client';
import { lazy, Suspense, useState } from 'react';
import type { LessonKey } from '#server/protocol/ids.ts';
import { ApiError } from '#app/_lib/api/api-error.ts';
import { api } from '#app/_lib/api/browser.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { Button } from '#app/_ui/Button.tsx';
import { useVoice } from '#app/_ui/Toasts.tsx';

const RestartDialog = lazy(() => import('./RestartDialog.tsx'));

export function RestartLesson({ lesson, scored }: { lesson: LessonKey; scored: boolean }) {
  const { t, locale } = useI18n();
  const { show } = useVoice();
  const [asking, setAsking] = useState(false);
  const restart = async () => {
    try {
      await api.restartLesson(lesson);
      location.assign(`/${locale}/learn/${lesson.course}/${lesson.lesson}`);
    } catch (error) {
      const words = t.errors[error instanceof ApiError ? error.code : 'internal'];
      show(`${words.title}. ${words.text}`, 'fail');
      setAsking(false);
    }
  };
  return (
    <>
      <Button kind="text" onClick={() => setAsking(true)}>
        {t.learn.restart}
      </Button>
      {asking && (
        <Suspense fallback={null}>
          <RestartDialog scored={scored} onCancel={() => setAsking(false)} onConfirm={restart} />
        </Suspense>
      )}
    </>
  );
}
