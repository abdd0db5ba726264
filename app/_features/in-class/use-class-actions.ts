/** What a learner does in a class; what is refused is said in words. */
import { useMemo } from 'react';
import { ApiError } from '#app/_lib/api/api-error.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { useVoice } from '#app/_ui/Toasts.tsx';
import { inClassApi } from './in-class-api.ts';
import type { ClassActions } from './part.ts';
import { useInClassWords } from './words.ts';

/** They left, or took it back, in the same moment: the feed tells so. */
const GONE = ['not_found', 'bad_request'];

export function useClassActions(sandbox: string): Omit<ClassActions, 'markRead'> {
  const { t: page } = useI18n();
  const t = useInClassWords();
  const { show } = useVoice();
  return useMemo(() => {
    const attempt = async (
      work: () => Promise<unknown>,
      untold: readonly string[] = [],
    ): Promise<boolean> => {
      try {
        await work();
        return true;
      } catch (error) {
        const code = error instanceof ApiError ? error.code : 'internal';
        const { title, text } = page.errors[code];
        if (!untold.includes(code)) show(`${title}. ${text}`, 'fail');
        return false;
      }
    };
    return {
      raiseHand: ({ class: id }, raised) => void attempt(() => inClassApi.raiseHand(id, raised)),
      leave: async ({ class: id, name }) => {
        if (await attempt(() => inClassApi.leave(id))) show(fill(t.left, { name }));
      },
      allow: (watcher, allow) => void attempt(() => inClassApi.allow(sandbox, watcher, allow), GONE),
    };
  }, [page, t, show, sandbox]);
}
