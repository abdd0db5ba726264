/** What stands where the terminal will be while there is none: what happens now, or what happened and what to do. */
'use client';
import type { Dictionary } from '#app/_lib/i18n/en.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { Progress } from '#app/_ui/Meter.tsx';
import type { PreparingStage, SandboxView } from '#server/protocol/sandbox.ts';
import { SeldomPart } from './SeldomPart.tsx';
import { standstill, type WorkspaceState } from './state.ts';

type CurtainProps = { state: WorkspaceState; onReopen: () => void };

/** Nothing when the machine is ready. */
export function Curtain({ state, onReopen }: CurtainProps) {
  const { t } = useI18n();
  const { opening, sandbox } = state;
  const still = standstill(state);
  if (still !== null) return <SeldomPart part="standstill" still={still} onReopen={onReopen} />;
  if (opening === 'signing-in') return <Wait text={t.curtain.signIn} />;
  if (!sandbox) return <Wait text={t.machine.opening} />;
  if (sandbox.state === 'preparing') return <Preparing t={t} sandbox={sandbox} />;
  if (sandbox.state === 'asleep') return <Wait title={t.curtain.asleepTitle} text={t.curtain.asleepText} />;
  return null;
}

function Wait({ title, text }: { title?: string; text: string }) {
  return (
    <div
      className="after-300ms m-auto flex flex-col items-center gap-3 p-6 text-center text-md"
      role="status"
    >
      {title && <p className="text-lg font-strong">{title}</p>}
      <p className="text-ink-2">{text}</p>
      <Progress label={text} />
    </div>
  );
}

/** Stages weigh about the same; within one its own count moves the bar. */
const STAGES: readonly PreparingStage[] = ['images', 'machine', 'engine', 'files'];

function Preparing({ t, sandbox }: { t: Dictionary; sandbox: SandboxView }) {
  const { stage, done, total } = sandbox.preparing ?? { stage: 'machine' as const, done: 0, total: 0 };
  const at = STAGES.indexOf(stage);
  // The others are a wait of their own, whose length is known where there is more than one thing to do.
  const bar =
    at >= 0
      ? { done: at + (total && done / total), total: STAGES.length }
      : { done, total: total > 1 ? total : 0 };
  return (
    <div
      className="after-300ms m-auto flex flex-col items-center gap-3 p-6 text-center text-md"
      role="status"
    >
      <p className="text-ink-2">
        {t.stages[stage]}
        {total > 1 && <span className="text-ink-3"> · {fill(t.curtain.preparingText, { done, total })}</span>}
      </p>
      <Progress label={t.stages[stage]} {...bar} />
    </div>
  );
}
