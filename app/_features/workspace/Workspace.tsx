/** The workspace: reading column, terminals and status around one sandbox; without a lesson it is the playground. */
'use client';
import { ChevronRight, History } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Me } from '#server/protocol/account.ts';
import type { Lesson } from '#server/protocol/lesson.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { DEFAULT_LAYOUT, type Layout } from '#app/_lib/preferences.ts';
import { classes } from '#app/_ui/classes.ts';
import { Divider } from '#app/_ui/Divider.tsx';
import { IconButton } from '#app/_ui/IconButton.tsx';
import { LessonActionsProvider } from '../lesson/actions.tsx';
import { TopBar } from '../shell/TopBar.tsx';
import { PhoneKeyBar, PhoneSwitch, PhoneTaskStrip } from './PhoneParts.tsx';
import type { Pane } from './PhoneSwitch.tsx';
import { ReadingPane } from './ReadingPane.tsx';
import { SeldomPart } from './SeldomPart.tsx';
import { isInClass, type Beginning } from './state.ts';
import { StatusBar } from './StatusBar.tsx';
import { StepBar } from './StepBar.tsx';
import { TerminalPane } from './TerminalPane.tsx';
import { machineOf } from './terminals.ts';
import { useLayout } from './use-layout.ts';
import { useWorkspace } from './use-workspace.ts';

type WorkspaceProps = {
  me: Me;
  lesson: Lesson | null;
  startStep: string | null;
  startLayout: Layout;
  start?: Beginning;
  /** Said above the first step. */
  before?: ReactNode;
  /** Where there is no lesson to say where one is. */
  nav?: ReactNode;
};

const AT_ONCE: Beginning = { reading: false, tasks: [] };

const READ_LEAST = 320;
const READ_MOST = 880;

export function Workspace(props: WorkspaceProps) {
  const { me, lesson, startStep, startLayout, start = AT_ONCE, before, nav } = props;
  const { t } = useI18n();
  const [layout, setLayout] = useLayout(startLayout);
  const [pane, setPane] = useState<Pane>(lesson ? 'read' : 'terminal');
  const [files, setFiles] = useState(false);
  const onPane = (to: Pane) => {
    setPane(to);
    // What asks for the terminal means the terminal.
    if (to === 'terminal') setFiles(false);
  };
  const work = useWorkspace({ me, lesson, startStep, start, onPane });
  const { sandbox, terminals, previews, steps, actions, commands } = work;
  const { state } = sandbox;
  const step = lesson?.steps[steps.index];

  return (
    <div className="flex h-full flex-col overflow-hidden">
      <TopBar me={work.me} commands={commands}>
        {lesson ? <Crumbs lesson={lesson} /> : nav}
        {lesson && lesson.steps.length > 1 && <StepBar steps={lesson.steps} at={steps} />}
        <IconButton
          label={t.past.goBack}
          className={lesson ? 'max-wide:hidden' : ''}
          onClick={() => work.past.onAsk('timeline')}
        >
          <History />
        </IconButton>
      </TopBar>
      {lesson && <PhoneSwitch pane={pane} onPane={setPane} state={state} previews={previews} />}
      <main
        id="content"
        className={classes('work', lesson && 'work-split')}
        style={{ '--read': `${layout.read}px` } as React.CSSProperties}
      >
        {!lesson && <h1 className="sr-only">{t.nav.playground}</h1>}
        {lesson && (
          <>
            <section className={classes('work-pane', pane !== 'read' && 'max-wide:invisible')}>
              <LessonActionsProvider value={actions}>
                <ReadingPane
                  lesson={lesson}
                  before={before}
                  states={state.tasks}
                  at={steps}
                  past={work.past}
                />
              </LessonActionsProvider>
            </section>
            <Divider
              label={t.work.resize}
              size={layout.read}
              unit="px"
              least={READ_LEAST}
              most={READ_MOST}
              usual={DEFAULT_LAYOUT.read}
              onResize={(read) => setLayout({ read })}
              className="max-wide:hidden"
            />
          </>
        )}
        <section
          aria-label={t.work.terminals}
          className={classes('work-pane bg-panel', pane !== 'terminal' && 'max-wide:invisible')}
        >
          {step && <PhoneTaskStrip step={step} states={state.tasks} onOpen={() => setPane('read')} />}
          <TerminalPane
            state={state}
            sandbox={sandbox}
            terminals={terminals}
            previews={previews}
            layout={layout}
            onLayout={setLayout}
            takesFocus={lesson === null}
            files={{ shown: files, show: setFiles }}
            lens={work.lens}
          />
          {previews.front === null && !files && <PhoneKeyBar terminals={terminals} />}
        </section>
      </main>
      <StatusBar state={state} focused={machineOf(terminals.terminals.active)} onExtend={work.extend}>
        {isInClass(state.classroom) && (
          <SeldomPart part="class" {...work} classroom={state.classroom} lesson={lesson} pane={pane} />
        )}
      </StatusBar>
      {work.past.ask !== undefined && (
        <SeldomPart
          part="history"
          {...work.past}
          ask={work.past.ask}
          sandbox={state.sandbox}
          lesson={lesson}
          at={steps}
          line={sandbox}
        />
      )}
      {lesson && work.restart && (
        <SeldomPart
          part="restart"
          scored={Object.values(state.tasks).some(({ points }) => points !== null)}
          lesson={lesson.key}
          restart={sandbox.restart}
          {...work.restart}
          onRestarted={() => steps.go(0)}
        />
      )}
    </div>
  );
}

function Crumbs({ lesson }: { lesson: Lesson }) {
  const { locale } = useI18n();
  return (
    <div className="flex min-w-0 items-center gap-2">
      <a href={`/${locale}#course-${lesson.key.course}`} className="flex-none text-ink-2 max-wide:hidden">
        {lesson.courseTitle}
      </a>
      <ChevronRight className="text-ink-2 max-wide:hidden" />
      <span className="truncate font-strong">{lesson.title}</span>
    </div>
  );
}
