/** Joins sandbox, terminals, steps and tasks into what the workspace's parts ask for. */
'use client';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Me } from '#server/protocol/account.ts';
import type { Lesson, TaskInfo } from '#server/protocol/lesson.ts';
import type { OpenSandbox } from '#server/protocol/sandbox.ts';
import { ApiError } from '#app/_lib/api/api-error.ts';
import { api } from '#app/_lib/api/browser.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { useVoice } from '#app/_ui/Toasts.tsx';
import type { LessonActions } from '../lesson/actions.tsx';
import { currentTask } from '../lesson/blocks.ts';
import type { Command } from '../shell/commands.ts';
import type { Pane } from './PhoneSwitch.tsx';
import { open, toggleSplit } from './terminals.ts';
import { useKeys } from './use-keys.ts';
import { useSandbox } from './use-sandbox.ts';
import { useSteps } from './use-steps.ts';
import { useTerminals } from './use-terminals.ts';

type WorkspaceOptions = {
  me: Me;
  lesson: Lesson | null;
  startStep: string | null;
  onPane: (pane: Pane) => void;
};

export function useWorkspace({ me: firstMe, lesson, startStep, onPane }: WorkspaceOptions) {
  const { t } = useI18n();
  const { show, say } = useVoice();
  const [me, setMe] = useState(firstMe);
  const { refresh } = useRouter();

  const titles = useMemo(
    () =>
      Object.fromEntries(lesson?.steps.flatMap((step) => step.tasks).map((task) => [task.id, task]) ?? []),
    [lesson],
  ) as Record<string, TaskInfo>;
  const what: OpenSandbox = lesson ? { lesson: lesson.key } : { playground: true, machines: 1 };
  const sandbox = useSandbox(what, me, {
    signedIn: setMe,
    news: (news, task) =>
      say(
        fill(news === 'passed' ? t.lesson.taskPassed : t.lesson.taskNear, {
          title: titles[task.id]?.title ?? task.id,
        }),
      ),
    lesson: refresh,
    notice: (notice, machine) => show(fill(t.notices[notice], { machine: machine ?? 'node1' }), 'near'),
  });
  const { state, tell, heard } = sandbox;
  const id = state.sandbox?.id ?? null;
  // Values in the text are those of the sandbox, and at first there was none.
  const isOthers = id !== null && lesson !== null && lesson.seed !== null && lesson.seed !== id;
  useEffect(() => {
    if (isOthers) refresh();
  }, [isOthers, refresh]);

  const terminals = useTerminals(id, lesson?.terminals ?? []);
  const onStep = useCallback((step: string) => tell({ type: 'step', step }), [tell]);
  const steps = useSteps(lesson, startStep, onStep);
  const step = lesson?.steps[steps.index] ?? null;

  /** Does it, or says in words why not. */
  const attempt = async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      const words = t.errors[error instanceof ApiError ? error.code : 'internal'];
      show(`${words.title}. ${words.text}`, 'fail');
      return null;
    }
  };
  const onTask = async (work: (sandbox: string) => ReturnType<typeof api.hint>) => {
    if (id === null) return;
    const task = await attempt(() => work(id));
    if (task) heard(task);
  };

  const actions: LessonActions = {
    tasks: titles,
    states: state.tasks,
    current: step && currentTask(step, state.tasks),
    canRun: state.sandbox?.state === 'ready',
    manyMachines: (lesson?.machines.length ?? 1) > 1,
    run: (text, machine) => {
      onPane('terminal');
      const terminal = terminals.on(machine);
      if (terminal?.run(text)) say(t.lesson.ran);
      else show(t.lesson.busy, 'near');
      terminal?.focus();
    },
    hint: (task) => onTask((sandbox) => api.hint(sandbox, task)),
    solve: async (task) => (id === null ? null : attempt(() => api.solve(id, task))),
    answer: (task, value) => onTask((sandbox) => api.answer(sandbox, task, value)),
  };

  const focusPane = () => {
    const reading = document.querySelector<HTMLElement>('[data-pane=read]');
    const inTerminal = document.activeElement?.closest('[data-pane=terminal]');
    const toReading = reading && (inTerminal || !terminals.active());
    // On a phone the other pane is hidden, and takes no focus, until it has been drawn.
    flushSync(() => onPane(toReading ? 'read' : 'terminal'));
    if (toReading) reading.focus();
    else terminals.active()?.focus();
  };
  useKeys({
    previousStep: () => steps.go(steps.index - 1),
    nextStep: () => steps.go(steps.index + 1),
    nextPane: focusPane,
  });

  const machine = state.sandbox?.machines[0]?.name ?? 'node1';
  const commands: Command[] = [
    ...(lesson?.steps ?? []).map((each, index): Command => ({
      id: `step-${each.id}`,
      group: 'steps',
      label: `${index + 1}. ${each.title}`,
      run: () => steps.go(index),
    })),
    {
      id: 'new-terminal',
      group: 'actions',
      label: t.work.newTerminal,
      run: () => terminals.change((now) => open(now, machine)),
    },
    { id: 'split', group: 'actions', label: t.work.split, run: () => terminals.change(toggleSplit) },
    { id: 'panes', group: 'actions', label: t.keys.panes, keys: 'F6', run: focusPane },
  ];

  const extend = () => {
    if (id !== null) void attempt(() => api.extend(id));
  };

  return { me, sandbox, terminals, steps, actions, commands, extend };
}
