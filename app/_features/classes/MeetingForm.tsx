/** Asks when all come together, how many they are, and with which lesson. */
'use client';
import { useId, useRef, useState, type FormEvent } from 'react';
import { ApiError } from '#app/_lib/api/api-error.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { Callout } from '#app/_ui/Callout.tsx';
import { Field } from '#app/_ui/Field.tsx';
import { INPUT } from '#app/_ui/input.ts';
import type { ClassView } from '#server/protocol/classes.ts';
import type { LessonKey } from '#server/protocol/ids.ts';
import type { Meeting } from '#server/protocol/meeting.ts';
import { keyOf, titleOf } from './draft.ts';
import { readMeeting, type MeetingErrors } from './meeting.ts';
import { toField } from './moments.ts';
import { useTroubles } from './trouble.ts';
import { useTimeZone } from './use-browser.ts';
import { meetingWords } from './words.ts';

type Titles = Record<string, { title: string }>;
type FormProps = {
  view: ClassView;
  titles: Titles;
  /** Null: none is announced. */
  meeting: Meeting | null;
  /** Its refusal is shown in words. */
  save: (meeting: Meeting) => Promise<void>;
};

export function MeetingForm({ view, titles, meeting, save }: FormProps) {
  const { locale } = useI18n();
  const t = meetingWords(locale);
  const inWords = useTroubles();
  const zone = useTimeZone();
  // Null until it is typed: the server draws it before the browser has told its clock.
  const [typedAt, setTypedAt] = useState<string | null>(null);
  const [learners, setLearners] = useState(String(meeting?.learners ?? Math.max(1, view.learners)));
  const [chosen, setChosen] = useState(meeting?.lesson ?? view.lessons[0]!.lesson);
  const [errors, setErrors] = useState<MeetingErrors>({});
  const [trouble, setTrouble] = useState<string | null>(null);
  const [working, setWorking] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const at = typedAt ?? toField(meeting?.at ?? null, zone);
  const lessons = view.lessons.map(({ lesson }) => lesson);
  const lesson = lessons.find((one) => keyOf(one) === keyOf(chosen)) ?? lessons[0]!;

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (working) return;
    const read = readMeeting({ at, learners, lesson }, t);
    setErrors('errors' in read ? read.errors : {});
    setTrouble(null);
    if ('errors' in read) {
      form.current?.querySelector<HTMLElement>(read.errors.at ? '[name=at]' : '[name=learners]')?.focus();
      return;
    }
    setWorking(true);
    try {
      await save(read.meeting);
    } catch (error) {
      const isRefused = error instanceof ApiError && error.code === 'bad_request';
      setTrouble(isRefused ? t.refused : inWords(error));
    }
    setWorking(false);
  };

  return (
    <form ref={form} noValidate onSubmit={(event) => void send(event)} className="mt-4 flex flex-col gap-4">
      <div className="grid gap-5 wide:grid-cols-[240px_180px_1fr] wide:gap-8">
        <Field
          label={t.at}
          name="at"
          type="datetime-local"
          rule={fill(t.atRule, { zone })}
          error={errors.at}
          value={at}
          onChange={(event) => setTypedAt(event.target.value)}
        />
        <Field
          label={t.learners}
          name="learners"
          inputMode="numeric"
          autoComplete="off"
          rule={fill(t.learnersRule, { count: view.learners })}
          error={errors.learners}
          value={learners}
          onChange={(event) => setLearners(event.target.value)}
        />
        <LessonField lessons={lessons} titles={titles} value={lesson} onChange={setChosen} />
      </div>
      <p>
        <Button type="submit" aria-disabled={working}>
          {working ? t.working : meeting ? t.save : t.announce}
        </Button>
      </p>
      {trouble && (
        <Callout kind="fail" role="alert">
          {trouble}
        </Callout>
      )}
    </form>
  );
}

type LessonFieldProps = {
  lessons: LessonKey[];
  titles: Titles;
  value: LessonKey;
  onChange: (lesson: LessonKey) => void;
};

function LessonField({ lessons, titles, value, onChange }: LessonFieldProps) {
  const t = meetingWords(useI18n().locale);
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="font-strong">
        {t.lesson}
      </label>
      <select
        id={id}
        aria-describedby={`${id}-rule`}
        className={INPUT}
        value={keyOf(value)}
        onChange={(event) => onChange(lessons.find((one) => keyOf(one) === event.target.value) ?? value)}
      >
        {lessons.map((lesson) => (
          <option key={keyOf(lesson)} value={keyOf(lesson)}>
            {titleOf(lesson, titles)}
          </option>
        ))}
      </select>
      <p id={`${id}-rule`} className="text-ink-3">
        {t.lessonRule}
      </p>
    </div>
  );
}
