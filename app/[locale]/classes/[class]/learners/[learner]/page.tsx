/** One learner of a class, for its instructor. */
import type { Metadata } from 'next';
import { ClassBar } from '#app/_features/classroom/ClassBar.tsx';
import { WALL_WORDS } from '#app/_features/classroom/words.ts';
import { TopBar } from '#app/_features/shell/TopBar.tsx';
import { getOutlines } from '#app/_lib/api/outlines.ts';
import { getLearner } from '#app/_lib/api/server-classes.ts';
import { getMe } from '#app/_lib/api/server.ts';
import { taught } from '#app/_lib/api/taught.ts';
import { fill } from '#app/_lib/i18n/words.ts';
import { pageWords } from '#app/_lib/page-words.ts';
import { LearnerView } from './LearnerView.tsx';

type LearnerPageProps = { params: Promise<{ locale: string; class: string; learner: string }> };

export async function generateMetadata({ params }: LearnerPageProps): Promise<Metadata> {
  const { locale } = await pageWords(params);
  const { class: view, tile } = await load(params);
  return { title: fill(WALL_WORDS[locale].learner.title, { name: tile.name, class: view.name }) };
}

export default async function LearnerPage({ params }: LearnerPageProps) {
  const { locale } = await pageWords(params);
  const [me, detail] = await Promise.all([getMe(), load(params)]);
  const { class: view, tile } = detail;
  const outlines = await getOutlines(view.lessons, locale);
  return (
    <div className="flex min-h-full flex-col wide:h-dvh">
      <TopBar me={me}>
        <ClassBar
          classId={view.id}
          name={view.name}
          learner={{ learner: tile.learner, name: tile.name, presence: tile.presence }}
        />
      </TopBar>
      <LearnerView detail={detail} outlines={outlines} />
    </div>
  );
}

async function load(params: LearnerPageProps['params']) {
  const { locale } = await pageWords(params);
  const { class: id, learner } = await params;
  return taught(locale, () => getLearner(id, learner));
}
