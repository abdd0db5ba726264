/** When the class next comes together: announced, looked after, and called off. */
'use client';
import { useState } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { Button } from '#app/_ui/Button.tsx';
import { useVoice } from '#app/_ui/Toasts.tsx';
import type { ClassView } from '#server/protocol/classes.ts';
import type { Course } from '#server/protocol/lesson.ts';
import type { MeetingView } from '#server/protocol/meeting.ts';
import { classApi } from './class-api.ts';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { titlesOf } from './draft.ts';
import { MeetingForm } from './MeetingForm.tsx';
import { MeetingState } from './MeetingState.tsx';
import { Section } from './Section.tsx';
import { useMeeting } from './use-meeting.ts';
import { meetingWords } from './words.ts';

type NextMeetingProps = { view: ClassView; courses: Course[]; meeting: MeetingView | null; now: Date };

export function NextMeeting({ view, courses, meeting: first, now }: NextMeetingProps) {
  const t = meetingWords(useI18n().locale);
  const { show } = useVoice();
  const [meeting, setMeeting] = useMeeting(view.id, first);
  const [asking, setAsking] = useState(false);
  const titles = titlesOf(courses);
  const coming = meeting && meeting.stage !== 'over' ? meeting : null;

  const callOff = async () => {
    await classApi.callOff(view.id);
    setMeeting(null);
    setAsking(false);
    show(t.offDone);
  };

  return (
    <Section
      id="meeting"
      title={t.title}
      text={t.text}
      action={coming && <Button onClick={() => setAsking(true)}>{t.off}</Button>}
    >
      {meeting && <MeetingState meeting={meeting} titles={titles} now={now} />}
      <MeetingForm
        // Another one, or none any more: the fields begin anew.
        key={coming ? 'coming' : 'none'}
        view={view}
        titles={titles}
        meeting={coming}
        save={async (typed) => {
          setMeeting(await classApi.announce(view.id, typed));
          show(coming ? t.saved : t.announced);
        }}
      />
      {asking && (
        <ConfirmDialog
          title={t.offTitle}
          confirm={t.offDo}
          onConfirm={callOff}
          onClose={() => setAsking(false)}
        >
          <p>{t.offText}</p>
        </ConfirmDialog>
      )}
    </Section>
  );
}
