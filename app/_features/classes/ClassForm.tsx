/** A class as its instructor writes it: name, language, lessons in order with dates and weights, and what late work keeps. */
'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { LOCALES, type Locale } from '#app/_lib/i18n/locale.ts';
import { Button, ButtonLink } from '#app/_ui/Button.tsx';
import { Callout } from '#app/_ui/Callout.tsx';
import { Field } from '#app/_ui/Field.tsx';
import { INPUT } from '#app/_ui/input.ts';
import { useVoice } from '#app/_ui/Toasts.tsx';
import type { ClassView } from '#server/protocol/classes.ts';
import type { Course } from '#server/protocol/lesson.ts';
import { CLASS_LIMITS } from '#server/protocol/numbers.ts';
import { ChosenLessons } from './ChosenLessons.tsx';
import { classApi } from './class-api.ts';
import { checkDraft, draftOf, settingsOf, titlesOf, type Draft, type DraftErrors } from './draft.ts';
import { LessonShelf } from './LessonShelf.tsx';
import { Section } from './Section.tsx';
import { useTroubles } from './trouble.ts';
import { classWords } from './words.ts';

/** `existing`: null makes a new one. */
type ClassFormProps = { existing: ClassView | null; courses: Course[] };

export function ClassForm({ existing, courses }: ClassFormProps) {
  const { t: page, locale } = useI18n();
  const t = classWords(locale);
  const { show } = useVoice();
  const inWords = useTroubles();
  const router = useRouter();
  const [draft, setDraft] = useState<Draft>(() => draftOf(existing, locale));
  const [errors, setErrors] = useState<DraftErrors | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [working, setWorking] = useState(false);
  const [dirty, setDirty] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const titles = titlesOf(courses);

  const isAtRisk = existing !== null && dirty;
  useEffect(() => {
    if (!isAtRisk) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isAtRisk]);

  const change = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
    setDirty(true);
  };

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (working) return;
    const found = checkDraft(draft, t);
    setErrors(found);
    setTrouble(null);
    if (found) return goToFirst(form.current, found);
    setWorking(true);
    try {
      const settings = settingsOf(draft);
      if (!existing) {
        const made = await classApi.create(settings);
        return location.assign(`/${locale}/classes/${made.id}/settings`);
      }
      await classApi.change(existing.id, settings);
      setDirty(false);
      show(t.saved);
      // Other parts of the page name its lessons too.
      router.refresh();
    } catch (error) {
      setTrouble(inWords(error));
    }
    setWorking(false);
  };

  return (
    <form ref={form} noValidate onSubmit={(event) => void save(event)}>
      <div className="mt-6 grid gap-5 wide:grid-cols-[1fr_180px_240px] wide:gap-8">
        <Field
          label={t.name}
          name="name"
          placeholder={t.nameExample}
          maxLength={CLASS_LIMITS.nameCharacters}
          autoComplete="off"
          error={errors?.name}
          value={draft.name}
          onChange={(event) => change({ name: event.target.value })}
        />
        <LanguageField value={draft.locale} onChange={(chosen) => change({ locale: chosen })} />
        <Field
          label={t.late}
          name="late"
          inputMode="numeric"
          autoComplete="off"
          rule={t.lateRule}
          error={errors?.latePercent}
          value={draft.latePercent}
          onChange={(event) => change({ latePercent: event.target.value })}
        />
      </div>
      <Section title={t.lessonsTitle} text={t.weightRule}>
        <ChosenLessons
          lessons={draft.lessons}
          titles={titles}
          wrong={errors?.weights ?? new Set()}
          onChange={(lessons) => change({ lessons })}
        />
        {errors?.lessons && (
          <p id="lessons-error" className="mt-2 text-fail" role="alert">
            {errors.lessons}
          </p>
        )}
        <LessonShelf courses={courses} lessons={draft.lessons} onChange={(lessons) => change({ lessons })} />
      </Section>
      <div className="sticky bottom-0 z-(--z-sticky) mt-6 flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line bg-paper py-3">
        <Button type="submit" kind="go" className="h-10!" aria-disabled={working}>
          {working ? t.working : existing ? t.save : t.create}
        </Button>
        {!existing && (
          <ButtonLink kind="text" href={`/${locale}/classes`}>
            {page.ui.cancel}
          </ButtonLink>
        )}
        {existing && dirty && <span className="text-md text-ink-2">{t.unsaved}</span>}
        {trouble && (
          <Callout kind="fail" role="alert">
            {trouble}
          </Callout>
        )}
      </div>
    </form>
  );
}

function LanguageField({ value, onChange }: { value: Locale; onChange: (locale: Locale) => void }) {
  const t = classWords(useI18n().locale);
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-strong">
        {t.language}
      </label>
      <select
        id={id}
        aria-describedby={`${id}-rule`}
        className={INPUT}
        value={value}
        onChange={(event) => onChange(event.target.value as Locale)}
      >
        {LOCALES.map((locale) => (
          <option key={locale} value={locale}>
            {t.languages[locale]}
          </option>
        ))}
      </select>
      <p id={`${id}-rule`} className="text-ink-3">
        {t.languageRule}
      </p>
    </div>
  );
}

function goToFirst(form: HTMLFormElement | null, errors: DraftErrors): void {
  const wanted = errors.name
    ? '[name=name]'
    : errors.latePercent
      ? '[name=late]'
      : '[aria-invalid=true], summary';
  form?.querySelector<HTMLElement>(wanted)?.focus();
}
