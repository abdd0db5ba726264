/** Joins sandbox, terminals, steps and tasks into what the workspace's parts ask for. */
'use client';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Me } from '#server/protocol/account.ts';
import type { Command as EndedCommand } from '#server/protocol/feed.ts';
import type { Lesson, TaskInfo } from '#server/protocol/lesson.ts';
import type { OpenSandbox } from '#server/protocol/sandbox.ts';
import { ApiError } from '#app/_lib/api/api-error.ts';
import { api } from '#app/_lib/api/browser.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { useVoice } from '#app/_ui/Toasts.tsx';
import type { Ask } from '../history/history.ts';
import type { LessonActions } from '../lesson/actions.tsx';
import { currentTask } from '../lesson/blocks.ts';
import type { Command } from '../shell/commands.ts';
import type { Pane } from './PhoneSwitch.tsx';
import { isPaused, machinesOf, type Beginning } from './state.ts';
import { open, toggleSplit } from './terminals.ts';
import { useKeys } from './use-keys.ts';
import { usePreviews } from './use-previews.ts';
import { useSandbox, type SandboxEvents } from './use-sandbox.ts';
import { useSteps } from './use-steps.ts';
import { useTerminals } from './use-terminals.ts';
import { useTyping } from './use-typing.ts';

type WorkspaceOptions = {
  me: Me;
  lesson: Lesson | null;
  startStep: string | null;
  start: Beginning;
  onPane: (pane: Pane) => void;
};

export function useWorkspace({ me: firstMe, lesson, startStep, start, onPane }: WorkspaceOptions) {
  const { t } = useI18n();
  const { show, say } = useVoice();
  const [me, setMe] = useState(firstMe);
  const { refresh } = useRouter();
  const [asksRestart, setAsksRestart] = useState(false);
  const [lens, setLens] = useState(false);
  /** Undefined until it is first asked for. */
  const [ask, onAsk] = useState<Ask | null>();
  const [brought, onBrought] = useState(-1);
  /** What a class adds to the palette. */
  const [ofClass, onCommands] = useState<Command[]>([]);

  const titles = useMemo(
    () =>
      Object.fromEntries(lesson?.steps.flatMap((step) => step.tasks).map((task) => [task.id, task]) ?? []),
    [lesson],
  ) as Record<string, TaskInfo>;
  const what: OpenSandbox = lesson ? { lesson: lesson.key } : { playground: true, machines: 1 };
  const heardCommand = useRef<(command: EndedCommand) => void>(() => {});
  const events: SandboxEvents = {
    signedIn: setMe,
    news: (news, task) =>
      say(
        fill(news === 'passed' ? t.lesson.taskPassed : t.lesson.taskNear, {
          title: titles[task.id]?.title ?? task.id,
        }),
      ),
    command: (command) => heardCommand.current(command),
    lesson: refresh,
    notice: (notice, machine) => show(fill(t.notices[notice], { machine: machine ?? 'node1' }), 'near'),
  };
  const sandbox = useSandbox({ what, me, start, events });
  const { state, tell, heard } = sandbox;
  const id = state.sandbox?.id ?? null;
  // Values in the text are those of the sandbox, and at first there was none.
  const isOthers = id !== null && lesson !== null && lesson.seed !== null && lesson.seed !== id;
  useEffect(() => {
    if (isOthers) refresh();
  }, [isOthers, refresh]);

  const fails = (error: unknown) => {
    const words = t.errors[error instanceof ApiError ? error.code : 'internal'];
    show(`${words.title}. ${words.text}`, 'fail');
  };
  const terminals = useTerminals({
    sandbox: id,
    usual: lesson?.terminals ?? [],
    list: state.terminals,
    onRefused: fails,
  });
  const previews = usePreviews();
  const { show: showPort } = previews;
  const typing = useTyping(terminals);
  const { stop: stopTyping } = typing;
  useEffect(() => {
    heardCommand.current = typing.heardCommand;
  });
  const onStep = useCallback(
    (step: string) => {
      // Nothing is typed behind the learner's back.
      stopTyping();
      tell({ type: 'step', step });
    },
    [stopTyping, tell],
  );
  const steps = useSteps(lesson, startStep, onStep);
  const step = lesson?.steps[steps.index] ?? null;

  /** Does it, or says in words why not. */
  const attempt = async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      fails(error);
      return null;
    }
  };
  const onTask = async (work: (sandbox: string) => ReturnType<typeof api.hint>) => {
    if (id === null) return;
    const task = await attempt(() => work(id));
    if (task) heard(task);
  };

  /** What is typed is to be seen. */
  const toTerminals = () => {
    onPane('terminal');
    showPort(null);
  };
  const actions: LessonActions = {
    tasks: titles,
    states: state.tasks,
    current: step && currentTask(step, state.tasks),
    canRun: state.sandbox?.state === 'ready' && !isPaused(state),
    canAsk: id !== null,
    isReading: state.opening === 'reading',
    manyMachines: (lesson?.machines.length ?? 1) > 1,
    run: (text, machine) => {
      toTerminals();
      void typing.run(text, machine);
    },
    hint: (task) => onTask((sandbox) => api.hint(sandbox, task)),
    solve: async (task) => (id === null ? null : attempt(() => api.solve(id, task))),
    answer: (task, value) => onTask((sandbox) => api.answer(sandbox, task, value)),
    typing: typing.typing,
    openPort: (place) => {
      onPane('terminal');
      showPort(place);
    },
    typeOut: (task, lines) => {
      toTerminals();
      void typing.start(task, lines);
    },
    stopTyping: typing.stop,
    restart: () => setAsksRestart(true),
  };

  const focusPane = () => {
    const reading = document.querySelector<HTMLElement>('[data-pane=read]');
    const inTerminal = document.activeElement?.closest('[data-pane=terminal]');
    const toReading = reading && (inTerminal || !terminals.active());
    // On a phone the other pane is hidden, and takes no focus, until it has been drawn.
    flushSync(() => (toReading ? onPane('read') : toTerminals()));
    if (toReading) reading.focus();
    else terminals.active()?.focus();
  };
  useKeys({
    previousStep: () => steps.go(steps.index - 1),
    nextStep: () => steps.go(steps.index + 1),
    nextPane: focusPane,
  });

  const machines = machinesOf(state);
  const commands: Command[] = [
    ...ofClass,
    ...(lesson?.steps ?? []).map((each, index): Command => ({
      id: `step-${each.id}`,
      group: 'steps',
      label: `${index + 1}. ${each.title}`,
      run: () => steps.go(index),
    })),
    ...machines.map((machine): Command => ({
      id: `new-terminal-${machine}`,
      group: 'actions',
      label: machines.length > 1 ? fill(t.work.newTerminalOn, { machine }) : t.work.newTerminal,
      run: () => terminals.change((now) => open(now, machine)),
    })),
    { id: 'go-back', group: 'actions', label: t.past.goBack, run: () => onAsk('timeline') },
    { id: 'keep', group: 'actions', label: t.past.keep, run: () => onAsk('keep') },
    {
      id: 'split',
      group: 'actions',
      label: t.work.split,
      run: () => terminals.change((now) => toggleSplit(now)),
    },
    ...(lesson
      ? [
          {
            id: 'restart',
            group: 'actions' as const,
            label: t.learn.restart,
            run: () => setAsksRestart(true),
          },
          {
            id: 'read-only',
            group: 'actions' as const,
            label: t.learn.readOnly,
            run: () => location.assign('?read'),
          },
        ]
      : []),
    {
      id: 'build',
      group: 'actions',
      label: t.work.build,
      run: () => {
        onPane('terminal');
        setLens(true);
      },
    },
    { id: 'panes', group: 'actions', label: t.keys.panes, keys: 'F6', run: focusPane },
  ];

  const extend = () => {
    if (id !== null) void attempt(() => api.extend(id));
  };

  return {
    me,
    sandbox,
    terminals,
    previews,
    steps,
    actions,
    commands,
    extend,
    lens: { shown: lens, show: setLens },
    onCommands,
    past: { ask, onAsk, brought, onBrought, history: state.history },
    restart: asksRestart && { close: () => setAsksRestart(false), stopTyping },
  };
}
