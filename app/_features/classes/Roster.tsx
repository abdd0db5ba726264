/** Who is in the class and who is announced; a list brought as CSV; taking somebody out. */
'use client';
import { useState } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import type { Locale } from '#app/_lib/i18n/locale.ts';
import { count, fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { useVoice } from '#app/_ui/Toasts.tsx';
import type { RosterEntry } from '#server/protocol/classes.ts';
import { classApi } from './class-api.ts';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { Moment } from './Moment.tsx';
import { RosterImport } from './RosterImport.tsx';
import { Section } from './Section.tsx';
import { classWords, rosterWords } from './words.ts';

type RosterProps = { id: string; roster: RosterEntry[]; now: Date };

export function Roster({ id, roster, now }: RosterProps) {
  const { locale } = useI18n();
  const t = rosterWords(locale);
  const { show } = useVoice();
  const [all, setAll] = useState(roster);
  const [asking, setAsking] = useState<RosterEntry | null>(null);

  const remove = async (one: RosterEntry) => {
    await classApi.removeLearner(id, one.learner);
    setAll((before) => before.filter(({ learner }) => learner !== one.learner));
    setAsking(null);
    show(fill(t.removed, { name: one.name }));
  };

  return (
    <Section title={t.title} text={all.length === 0 ? t.none : summary(all, locale)}>
      {all.length > 0 && (
        <div className="mt-3 overflow-x-auto" tabIndex={0} role="region" aria-label={t.list}>
          <table className="w-full min-w-160 text-left text-md">
            <thead>
              <tr className="text-sm text-ink-2 [&>th]:py-1.5 [&>th]:pr-6 [&>th]:font-normal">
                <th scope="col">{t.name}</th>
                <th scope="col">{t.email}</th>
                <th scope="col">{t.number}</th>
                <th scope="col">{t.state}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {all.map((one) => (
                <Row key={one.learner} one={one} now={now} onRemove={() => setAsking(one)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <RosterImport id={id} onImported={setAll} />
      {asking && (
        <ConfirmDialog
          title={fill(t.removeTitle, { name: asking.name })}
          confirm={t.removeDo}
          onConfirm={() => remove(asking)}
          onClose={() => setAsking(null)}
        >
          <p>{asking.joinedAt === null ? t.removeAnnounced : t.removeText}</p>
        </ConfirmDialog>
      )}
    </Section>
  );
}

/** `22 learners, 2 not here yet`. */
function summary(all: RosterEntry[], locale: Locale): string {
  const here = all.filter(({ joinedAt }) => joinedAt !== null).length;
  const parts = [count(locale, classWords(locale).learners, here)];
  if (here < all.length) parts.push(count(locale, rosterWords(locale).announcedMany, all.length - here));
  return parts.join(locale === 'en' ? ', ' : '，');
}

function Row({ one, now, onRemove }: { one: RosterEntry; now: Date; onRemove: () => void }) {
  const t = rosterWords(useI18n().locale);
  return (
    <tr className="border-t border-line align-middle [&>*]:py-1 [&>*]:pr-6">
      <th scope="row" className="min-w-36 font-normal wrap-anywhere">
        {one.name}
        {one.guest && <span className="ml-2 text-sm whitespace-nowrap text-ink-3">{t.guest}</span>}
      </th>
      <td className="text-ink-2">{one.email}</td>
      <td className="text-ink-2">{one.number}</td>
      <td className="text-sm whitespace-nowrap text-ink-2">
        {one.joinedAt === null ? (
          <span className="text-ink-3">{t.announced}</span>
        ) : (
          <Moment at={one.joinedAt} now={now} sentence={t.joined} />
        )}
      </td>
      <td className="pr-0! text-right">
        <Button kind="text" aria-label={fill(t.removeOf, { name: one.name })} onClick={onRemove}>
          {t.remove}
        </Button>
      </td>
    </tr>
  );
}
