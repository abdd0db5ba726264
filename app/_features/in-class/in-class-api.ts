/** What a learner asks of their class. */
import { call, sandboxPath } from '#app/_lib/api/browser.ts';
import type { Membership } from '#server/protocol/classes.ts';

export const inClassApi = {
  /** The feed tells of it too. */
  raiseHand: (id: string, raised: boolean) => call<Membership>('POST', `/api/classes/${id}/hand`, { raised }),
  leave: (id: string) => call<null>('POST', `/api/classes/${id}/leave`, {}),
  /** The learner's word on somebody who asks to type, or types. */
  allow: (sandbox: string, watcher: string, allow: boolean) =>
    call<null>('POST', `${sandboxPath(sandbox)}/watchers/${watcher}`, { allow }),
};
