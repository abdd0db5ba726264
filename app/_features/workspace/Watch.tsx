/** A learner's terminals as their instructor sees them: to look at, and with the learner's word to type in. */
'use client';
import { Eye, Keyboard } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { Notice } from '#app/_ui/Notice.tsx';
import { useVoice } from '#app/_ui/Toasts.tsx';
import { useWallWords } from '../classroom/words.ts';
import { useWatching, type WatchingHandle } from './use-watching.ts';

// xterm weighs as much as the rest of the page: who the learner is stands there before it arrives.
const WatchTerminal = lazy(() => import('./WatchTerminal.tsx'));

type WatchProps = {
  sandbox: string;
  /** The learner's name. */
  learner: string;
};

export function Watch({ sandbox, learner }: WatchProps) {
  const { w } = useWallWords();
  const watching = useWatching(sandbox);
  const [chosen, setChosen] = useState<string | null>(null);
  const { terminals, mode, line } = watching;
  useNews(watching, learner);
  if (line.at === 'closed')
    return (
      <div className="flex flex-1" role="status">
        <Notice
          heading="h2"
          title={w.learner.lookClosed}
          text={fill(w.learner.lookClosedText, { name: learner })}
        />
      </div>
    );
  const keyed = (terminals ?? []).map((tab) => ({ ...tab, key: `${tab.machine}/${tab.name}` }));
  const shown = keyed.find(({ key }) => key === chosen) ?? keyed[0];
  return (
    <section aria-label={w.learner.terminals} className="relative flex min-h-0 flex-1 flex-col bg-panel">
      <div className="flex min-h-(--bar-pane) flex-none flex-wrap items-stretch gap-x-6 border-b border-line bg-paper px-4">
        {keyed.map(({ key, machine, name, label }) => (
          <button
            key={key}
            type="button"
            aria-pressed={key === shown?.key}
            className="tab min-h-(--bar-pane)"
            onClick={() => setChosen(key)}
          >
            {label ?? `${machine} ${name}`}
          </button>
        ))}
      </div>
      <Consent watching={watching} learner={learner} />
      {shown && (
        <Suspense fallback={null}>
          <WatchTerminal
            key={`${sandbox}/${shown.key}`}
            sandbox={sandbox}
            machine={shown.machine}
            name={shown.name}
            label={fill(w.learner.terminal, { ...shown, learner })}
            mayType={mode === 'types'}
          />
        </Suspense>
      )}
      {mode === 'types' && (
        <div className="pointer-events-none absolute inset-0 z-(--z-sticky) border-3 border-accent" />
      )}
    </section>
  );
}

/** The line between terminal and tabs: one looks, one waits, one types. */
function Consent({ watching: { mode, want }, learner }: { watching: WatchingHandle; learner: string }) {
  const { w } = useWallWords();
  const name = { name: learner };
  if (mode === 'types')
    return (
      <div className="flex min-h-11 flex-none flex-wrap items-center gap-x-3 bg-accent px-4 py-1 text-on-accent">
        <Keyboard />
        <b className="font-strong" role="status">
          {fill(w.learner.typing, name)}
        </b>
        <Button
          className="ml-auto border-on-accent! text-on-accent! hover:bg-accent-hover!"
          onClick={() => want(false)}
        >
          {w.learner.endTyping}
        </Button>
      </div>
    );
  return (
    <div className="flex min-h-11 flex-none flex-wrap items-center gap-x-3 border-b border-line bg-paper px-4 py-1 text-ink-2">
      <Eye />
      <span role="status" className="min-w-0 flex-1 basis-48">
        {fill(mode === 'asks' ? w.learner.waitingFor : w.learner.readOnly, name)}
      </span>
      <Button className="ml-auto" onClick={() => want(mode === 'watches')}>
        {mode === 'asks' ? w.learner.takeBack : w.learner.ask}
      </Button>
    </div>
  );
}

/** Says what became of the wish to type. */
function useNews({ news }: WatchingHandle, learner: string): void {
  const { w } = useWallWords();
  const { show } = useVoice();
  useEffect(() => {
    if (news) show(fill(w.learner[news], { name: learner }), news === 'allowed' ? 'plain' : 'near');
  }, [news, learner, show, w]);
}
