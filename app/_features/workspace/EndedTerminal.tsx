/** Under a terminal that has ended or was refused: why, and the way to a new one. */
'use client';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import type { TerminalStatus } from '../terminal/terminal-client.ts';
import { labelOf, type Tab } from './terminals.ts';
import type { TerminalsHandle } from './use-terminals.ts';

type EndedProps = {
  tab: Tab;
  status: TerminalStatus & { at: 'exited' | 'refused' };
  terminals: TerminalsHandle;
};

export function EndedTerminal({ tab, status, terminals }: EndedProps) {
  const { t } = useI18n();
  const exited = status.at === 'exited';
  const refusal =
    !exited && status.why === 'too_many' ? t.work.tooManyTerminals : t.errors.machine_unreachable.title;
  const again = () => (exited ? terminals.active()?.reopen() : terminals.active()?.retryNow());
  return (
    <div role="status" className="line-notice">
      <span>{exited ? `${labelOf(tab)}: ${fill(t.work.shellEnded, { code: status.code })}` : refusal}</span>
      <Button kind="text" onClick={again}>
        {exited ? t.work.newShell : t.errors.retry}
      </Button>
    </div>
  );
}
