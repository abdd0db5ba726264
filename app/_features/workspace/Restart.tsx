/** Starts the lesson again once the learner has said so. */
'use client';
import type { LessonKey } from '#server/protocol/ids.ts';
import { ApiError } from '#app/_lib/api/api-error.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { useVoice } from '#app/_ui/Toasts.tsx';
import RestartDialog from '../lesson/RestartDialog.tsx';

type RestartProps = {
  scored: boolean;
  lesson: LessonKey;
  restart: (lesson: LessonKey) => Promise<void>;
  stopTyping: () => void;
  onRestarted: () => void;
  close: () => void;
};

export function Restart({ scored, lesson, restart, stopTyping, onRestarted, close }: RestartProps) {
  const { t } = useI18n();
  const { show, say } = useVoice();
  const confirm = async () => {
    stopTyping();
    try {
      await restart(lesson);
      onRestarted();
      say(t.learn.restarted);
    } catch (error) {
      const words = t.errors[error instanceof ApiError ? error.code : 'internal'];
      show(`${words.title}. ${words.text}`, 'fail');
    }
    close();
  };
  return <RestartDialog scored={scored} onCancel={close} onConfirm={confirm} />;
}
