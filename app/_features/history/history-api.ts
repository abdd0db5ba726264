/** What the page asks about the past of a sandbox. */
import { call, sandboxPath } from '#app/_lib/api/browser.ts';
import type { History, Loss, RewindRequest } from '#server/protocol/history.ts';
import type { SandboxView } from '#server/protocol/sandbox.ts';

export const historyApi = {
  keep: (sandbox: string, name: string) =>
    call<History>('POST', `${sandboxPath(sandbox)}/snapshots`, { name }),
  remove: (sandbox: string, snapshot: string) =>
    call<History>('DELETE', `${sandboxPath(sandbox)}/snapshots/${snapshot}`),
  losses: (sandbox: string, snapshot: string) =>
    call<Loss[]>('GET', `${sandboxPath(sandbox)}/history/loss?snapshot=${snapshot}`),
  /** Answers at once: the feed tells how it goes on. */
  rewind: (sandbox: string, request: RewindRequest) =>
    call<SandboxView>('POST', `${sandboxPath(sandbox)}/rewind`, request),
  fork: (sandbox: string, snapshot: string) =>
    call<SandboxView>('POST', `${sandboxPath(sandbox)}/fork`, { snapshot }),
  sandboxes: () => call<SandboxView[]>('GET', '/api/sandboxes'),
};
