/** The wall of a class, for its instructor. */
import type { Metadata } from 'next';
import { MeetingLine } from '#app/_features/classes/MeetingLine.tsx';
import { ClassBar } from '#app/_features/classroom/ClassBar.tsx';
import { Wall } from '#app/_features/classroom/wall/Wall.tsx';
import { TopBar } from '#app/_features/shell/TopBar.tsx';
import { getOutlines } from '#app/_lib/api/outlines.ts';
import { getClass, getMeeting } from '#app/_lib/api/server-classes.ts';
import { getMe } from '#app/_lib/api/server.ts';
import { taught } from '#app/_lib/api/taught.ts';
import { pageWords, requestTime } from '#app/_lib/page-words.ts';

type WallPageProps = { params: Promise<{ locale: string; class: string }> };

export async function generateMetadata({ params }: WallPageProps): Promise<Metadata> {
  const view = await load(params);
  return { title: view.name };
}

export default async function WallPage({ params }: WallPageProps) {
  const { locale } = await pageWords(params);
  const [me, view] = await Promise.all([getMe(), load(params)]);
  const [outlines, meeting] = await Promise.all([getOutlines(view.lessons, locale), getMeeting(view.id)]);
  return (
    <div className="flex min-h-full flex-col">
      <TopBar me={me}>
        <ClassBar classId={view.id} name={view.name} />
      </TopBar>
      <Wall
        view={view}
        outlines={outlines}
        meeting={
          meeting &&
          meeting.stage !== 'over' && <MeetingLine id={view.id} meeting={meeting} now={requestTime()} />
        }
      />
    </div>
  );
}

async function load(params: WallPageProps['params']) {
  const { locale } = await pageWords(params);
  const { class: id } = await params;
  return taught(locale, () => getClass(id));
}
