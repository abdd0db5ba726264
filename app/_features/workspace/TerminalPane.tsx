/** The terminals: tabs, tools, the stage they stand on, and what is said when there is none. */
'use client';
import { lazy, Suspense, useState } from 'react';
import { classes } from '#app/_ui/classes.ts';
import type { Layout } from '#app/_lib/preferences.ts';
import type { Lens } from './BuildPart.tsx';
import { Curtain } from './Curtain.tsx';
import { LineNotice } from './LineNotice.tsx';
import { PreviewPart } from './PreviewPart.tsx';
import { SeldomPart } from './SeldomPart.tsx';
import { machinesOf, type WorkspaceState } from './state.ts';
import { TerminalStage } from './TerminalStage.tsx';
import { TerminalTabs } from './TerminalTabs.tsx';
import { machineOf } from './terminals.ts';
import { TerminalTools } from './TerminalTools.tsx';
import { useSearchKey } from './use-keys.ts';
import type { SandboxHandle } from './use-sandbox.ts';
import type { PreviewsHandle } from './use-previews.ts';
import type { TerminalsHandle } from './use-terminals.ts';

// Whoever keeps to the terminal never needs it.
const FilesPane = lazy(() => import('./FilesPart.tsx'));

type PaneProps = {
  state: WorkspaceState;
  sandbox: SandboxHandle;
  terminals: TerminalsHandle;
  previews: PreviewsHandle;
  layout: Layout;
  onLayout: (change: Partial<Layout>) => void;
  takesFocus: boolean;
  /** Files are shown in the terminals' place. */
  files: { shown: boolean; show: (shown: boolean) => void };
  lens: Lens;
};

export function TerminalPane(props: PaneProps) {
  const { state, sandbox, terminals, previews, layout, onLayout, takesFocus, files, lens } = props;
  const [searching, setSearching] = useState(false);
  const { missing } = state;
  // Once opened they stay, behind the terminals: what is unsaved there is not lost.
  const [machine, setMachine] = useState<string | null>(null);
  if (files.shown && machine === null) setMachine(machineOf(terminals.terminals.active));
  const id = state.sandbox?.id;
  // A machine that sleeps keeps its terminals behind the curtain, as they were.
  const live = id !== undefined && (state.sandbox?.state === 'ready' || state.sandbox?.state === 'asleep');
  // A machine that is made anew keeps what is unsaved of its files.
  const kept = live || state.sandbox?.state === 'preparing';
  const machines = machinesOf(state);
  // It may have been taken away.
  if (machine !== null && live && !machines.includes(machine)) setMachine(machines[0] ?? null);
  const behind = previews.front !== null;
  useSearchKey(() => setSearching(true));
  return (
    <>
      <div className="flex h-(--bar-pane) flex-none items-stretch gap-2 border-b border-line pr-2 pl-4 pointer-coarse:h-11">
        {live && (
          <>
            <div
              className="contents"
              data-behind={behind || undefined}
              onClickCapture={() => previews.show(null)}
            >
              <TerminalTabs
                sandbox={state.sandbox!}
                terminals={terminals}
                machines={machines}
                files={files}
              />
            </div>
            <PreviewPart part="tabs" state={state} previews={previews} />
            {(state.build || lens.shown) && (
              <SeldomPart part="build" state={state} sandbox={sandbox} terminals={terminals} lens={lens} />
            )}
            {!files.shown && (
              <TerminalTools
                terminals={terminals}
                layout={layout}
                onLayout={onLayout}
                onSearch={() => setSearching((on) => !on)}
                searching={searching}
              />
            )}
          </>
        )}
      </div>
      {live && searching && (
        <SeldomPart part="search" terminals={terminals} onClose={() => setSearching(false)} />
      )}
      {live && missing && <SeldomPart part="missing" missing={missing} terminals={terminals} />}
      {live && <LineNotice line={state.line} onRetry={sandbox.retryNow} />}
      <div className="relative flex min-h-0 flex-1 flex-col bg-panel" data-pane="terminal">
        {live && (
          // Behind a preview or the files it keeps its size, and takes no focus.
          <div className={classes('contents', (behind || files.shown) && 'invisible')}>
            <TerminalStage
              sandbox={id}
              terminals={terminals}
              layout={layout}
              onLayout={onLayout}
              takesFocus={takesFocus}
            />
          </div>
        )}
        {kept && machine !== null && (
          <div
            role="tabpanel"
            id="files"
            aria-labelledby="tab-files"
            className={classes('absolute inset-0 bg-panel', (!live || behind || !files.shown) && 'invisible')}
          >
            <Suspense fallback={null}>
              <FilesPane
                key={`${id}/${machine}`}
                sandbox={state.sandbox!.id}
                machine={machine}
                live={live}
                machines={machines}
                onMachine={setMachine}
                fontSize={layout.font}
                tell={sandbox.tell}
                hears={sandbox.hears}
              />
            </Suspense>
          </div>
        )}
        {live && <PreviewPart part="stage" state={state} previews={previews} />}
        <Cover state={state} onReopen={sandbox.reopen} />
      </div>
    </>
  );
}

function Cover({ state, onReopen }: { state: WorkspaceState; onReopen: () => void }) {
  const ready = state.opening === 'open' && state.sandbox?.state === 'ready' && state.line.at !== 'closed';
  if (ready) return null;
  return (
    <div className="absolute inset-0 flex overflow-auto bg-panel">
      <Curtain state={state} onReopen={onReopen} />
    </div>
  );
}
