/** Where terminals stand: one, or two beside or above each other; the others wait behind at the same size. */
'use client';
import { lazy, Suspense, useCallback, useState } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { DEFAULT_LAYOUT, type Layout } from '#app/_lib/preferences.ts';
import { useShownTheme } from '#app/_lib/theme.ts';
import { classes } from '#app/_ui/classes.ts';
import { Divider } from '#app/_ui/Divider.tsx';
import type { TerminalHandle } from '../terminal/Terminal.tsx';
import type { TerminalStatus } from '../terminal/terminal-client.ts';
import { SeldomPart } from './SeldomPart.tsx';
import { keyOf, select, type Tab } from './terminals.ts';
import type { TerminalsHandle } from './use-terminals.ts';

// xterm weighs as much as the rest of the page: text is read before it arrives.
const Terminal = lazy(() =>
  import('../terminal/Terminal.tsx').then((module) => ({ default: module.Terminal })),
);

type StageProps = {
  sandbox: string;
  terminals: TerminalsHandle;
  layout: Layout;
  onLayout: (change: Partial<Layout>) => void;
  /** Nothing is read here first: the terminal has the focus from the start. */
  takesFocus: boolean;
};

export function TerminalStage({ sandbox, terminals, layout, onLayout, takesFocus }: StageProps) {
  const { t } = useI18n();
  const { tabs, left, right, active, stacked } = terminals.terminals;
  const [visited, setVisited] = useState<ReadonlySet<string>>(new Set());
  const shown = right === null ? [left] : [left, right];
  if (shown.some((key) => !visited.has(key))) setVisited(new Set([...visited, ...shown]));

  const place = (key: string) => {
    // Each side by itself: where one of them changes back, a shorthand beside it would be forgotten.
    const whole = { top: 0, right: 0, bottom: 0, left: 0 };
    if (right === null || !shown.includes(key)) return whole;
    const [end, start] = stacked ? ['bottom', 'top'] : ['right', 'left'];
    return key === left
      ? { ...whole, [end!]: `${100 - layout.split}%` }
      : { ...whole, [start!]: `${layout.split}%` };
  };

  return (
    <div className="relative min-h-0 flex-1">
      {tabs
        .filter((tab) => visited.has(keyOf(tab)))
        .map((tab) => (
          <div
            key={keyOf(tab)}
            role="tabpanel"
            id={`terminal-${tab.machine}-${tab.name}`}
            aria-labelledby={`tab-${tab.machine}-${tab.name}`}
            className={classes(
              // A phone has room for one: the active one.
              'absolute max-wide:inset-0!',
              !shown.includes(keyOf(tab)) && 'invisible',
              keyOf(tab) !== active && 'max-wide:invisible',
            )}
            style={place(keyOf(tab))}
          >
            <Host
              tab={tab}
              sandbox={sandbox}
              terminals={terminals}
              layout={layout}
              autoFocus={keyOf(tab) === terminals.fresh || (takesFocus && keyOf(tab) === active)}
            />
          </div>
        ))}
      {right !== null && (
        <Divider
          label={t.work.resizeTerminals}
          size={layout.split}
          unit="%"
          least={20}
          most={80}
          usual={DEFAULT_LAYOUT.split}
          onResize={(split) => onLayout({ split })}
          across={stacked}
          className={classes('absolute! max-wide:hidden', stacked ? 'inset-x-0' : 'inset-y-0')}
          style={{ [stacked ? 'top' : 'left']: `${layout.split}%` }}
        />
      )}
    </div>
  );
}

type HostProps = Pick<StageProps, 'sandbox' | 'terminals' | 'layout'> & {
  tab: Tab;
  autoFocus: boolean;
};

function Host({ tab, sandbox, terminals, layout, autoFocus }: HostProps) {
  const { t } = useI18n();
  const theme = useShownTheme();
  const [status, setStatus] = useState<TerminalStatus>({ at: 'connecting' });
  const { register } = terminals;
  const key = keyOf(tab);
  const ref = useCallback((handle: TerminalHandle | null) => register(key, handle), [register, key]);
  return (
    <div className="flex h-full flex-col" onFocusCapture={() => terminals.change((now) => select(now, key))}>
      <div className="min-h-0 flex-1 pt-2 pl-4">
        <Suspense fallback={null}>
          <Terminal
            ref={ref}
            sandbox={sandbox}
            machine={tab.machine}
            name={tab.name}
            label={tab.label ?? fill(t.work.tab, tab)}
            fontSize={layout.font}
            theme={theme}
            screenReader={layout.aloud}
            autoFocus={autoFocus}
            onStatus={setStatus}
            onCtrlUsed={terminals.ctrlUsed}
          />
        </Suspense>
      </div>
      {(status.at === 'exited' || status.at === 'refused') && (
        <SeldomPart part="ended" tab={tab} status={status} terminals={terminals} />
      )}
    </div>
  );
}
