/** Code in its colours, with a mark that runs it in the terminal and one that copies it. */
'use client';
import { Check, Copy, Play } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Block, CodeToken } from '#server/protocol/lesson.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { IconButton } from '#app/_ui/IconButton.tsx';
import { useVoice } from '#app/_ui/Toasts.tsx';
import { useLessonActions } from './actions.tsx';

type Code = Pick<Extract<Block, { type: 'code' }>, 'run' | 'text' | 'lines'>;

const DONE_SHOWN_MS = 1_200;

export function CodeBlock({ block }: { block: Code }) {
  const { manyMachines } = useLessonActions();
  const machine = block.run === 'focused' ? null : block.run;
  return (
    <div className="code" data-run={block.run !== null || undefined}>
      {block.run !== null && <RunButton text={block.text} machine={machine} />}
      <pre tabIndex={0} data-machine={(manyMachines && machine) || undefined}>
        <code>
          {block.lines.map((line, index) => (
            <span key={index} className="block min-h-[1lh]">
              {line.map((token, at) => (
                <Token key={at} token={token} />
              ))}
            </span>
          ))}
        </code>
      </pre>
      <CopyButton text={block.text} />
    </div>
  );
}

function Token({ token }: { token: CodeToken }) {
  return token.kind === null ? token.text : <span data-token={token.kind}>{token.text}</span>;
}

function RunButton({ text, machine }: { text: string; machine: string | null }) {
  const { t } = useI18n();
  const { canRun, isReading, run } = useLessonActions();
  const [done, tellDone] = useBriefly();
  const what = machine ? fill(t.lesson.runIn, { machine }) : t.lesson.run;
  return (
    <IconButton
      label={canRun ? what : `${what} · ${isReading ? t.learn.runNeedsMachine : t.lesson.runWait}`}
      className="code-mark text-accent! aria-disabled:text-ink-3!"
      aria-disabled={!canRun}
      onClick={() => {
        if (!canRun) return;
        run(text, machine);
        tellDone();
      }}
    >
      {done ? <Check /> : <Play className="size-3.5! fill-current" />}
    </IconButton>
  );
}

function CopyButton({ text }: { text: string }) {
  const { t } = useI18n();
  const { say, show } = useVoice();
  const [done, tellDone] = useBriefly();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      tellDone();
      say(t.lesson.copied);
    } catch {
      show(t.account.failed, 'near');
    }
  };
  return (
    <IconButton
      label={done ? t.lesson.copied : t.lesson.copy}
      className="code-mark"
      onClick={() => void copy()}
    >
      {done ? <Check /> : <Copy />}
    </IconButton>
  );
}

function useBriefly(): [boolean, () => void] {
  const [on, setOn] = useState(false);
  useEffect(() => {
    if (!on) return;
    const timer = setTimeout(() => setOn(false), DONE_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [on]);
  return [on, () => setOn(true)];
}
