/** Builds in the terminals' pane: the last one in a few words among the tools, and line by line over the terminals. */
'use client';
import { useRef } from 'react';
import { createPortal } from 'react-dom';
import { BuildChip } from '../builds/BuildChip.tsx';
import { BuildPanel } from '../builds/BuildPanel.tsx';
import type { WorkspaceState } from './state.ts';
import type { SandboxHandle } from './use-sandbox.ts';
import type { TerminalsHandle } from './use-terminals.ts';

/** Whether a build is shown line by line. */
export type Lens = { shown: boolean; show: (shown: boolean) => void };

type PartProps = { state: WorkspaceState; sandbox: SandboxHandle; terminals: TerminalsHandle; lens: Lens };

export function BuildPart({ state, sandbox, terminals, lens }: PartProps) {
  const { build } = state;
  const chip = useRef<HTMLButtonElement>(null);
  const close = () => {
    lens.show(false);
    const before = document.activeElement;
    terminals.active()?.focus();
    // Behind the files or a preview a terminal takes none.
    if (document.activeElement === before) chip.current?.focus();
  };
  const pane = document.querySelector('[data-pane=terminal]');
  return (
    <>
      {build && (
        <BuildChip ref={chip} note={build} shown={lens.shown} onToggle={() => lens.show(!lens.shown)} />
      )}
      {lens.shown &&
        pane &&
        state.sandbox &&
        createPortal(
          <BuildPanel
            key={state.sandbox.id}
            sandbox={state.sandbox.id}
            hears={sandbox.hears}
            onClose={close}
          />,
          pane,
        )}
    </>
  );
}
