/** Everything that an instructor sets of a class: how to join, its lessons, its learners, tokens, and its end. */
import type { Metadata } from 'next';
import { ClassForm } from '#app/_features/classes/ClassForm.tsx';
import { ClassHead } from '#app/_features/classes/ClassHead.tsx';
import { ClassPage } from '#app/_features/classes/ClassPage.tsx';
import { Crumbs } from '#app/_features/classes/Crumbs.tsx';
import { DeleteClass } from '#app/_features/classes/DeleteClass.tsx';
import { JoinCode } from '#app/_features/classes/JoinCode.tsx';
import { NextMeeting } from '#app/_features/classes/NextMeeting.tsx';
import { Roster } from '#app/_features/classes/Roster.tsx';
import { Section } from '#app/_features/classes/Section.tsx';
import { Tokens } from '#app/_features/classes/Tokens.tsx';
import { classWords } from '#app/_features/classes/words.ts';
import { TopBar } from '#app/_features/shell/TopBar.tsx';
import { getClass, getMeeting, getRoster, getTokens } from '#app/_lib/api/server-classes.ts';
import { getCourses, getMe } from '#app/_lib/api/server.ts';
import { taught } from '#app/_lib/api/taught.ts';
import { pageWords, requestTime } from '#app/_lib/page-words.ts';

type SettingsProps = { params: Promise<{ locale: string; class: string }> };

export async function generateMetadata({ params }: SettingsProps): Promise<Metadata> {
  const { locale } = await pageWords(params);
  return { title: classWords(locale).settings };
}

export default async function ClassSettings({ params }: SettingsProps) {
  const words = await pageWords(params);
  const { locale } = words;
  const t = classWords(locale);
  const { class: id } = await params;
  const [me, courses, [view, roster, tokens, meeting]] = await Promise.all([
    getMe(),
    getCourses(locale),
    taught(locale, () => Promise.all([getClass(id), getRoster(id), getTokens(id), getMeeting(id)])),
  ]);
  const now = requestTime();
  return (
    <ClassPage
      bar={
        <TopBar me={me}>
          <Crumbs here={view.name} />
        </TopBar>
      }
    >
      <ClassHead words={words} id={id} name={view.name} current="settings" />
      <JoinCode id={id} name={view.name} code={view.code} now={now} />
      <NextMeeting view={view} courses={courses} meeting={meeting} now={now} />
      <Section title={t.about}>
        <ClassForm existing={view} courses={courses} />
      </Section>
      <Roster id={id} roster={roster} now={now} />
      <Tokens id={id} tokens={tokens} now={now} />
      <DeleteClass id={id} name={view.name} />
    </ClassPage>
  );
}
