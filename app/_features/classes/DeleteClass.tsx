/** Deletes a class, after saying what goes with it. */
'use client';
import { useState } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { classApi } from './class-api.ts';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { Section } from './Section.tsx';
import { classWords } from './words.ts';

export function DeleteClass({ id, name }: { id: string; name: string }) {
  const { locale } = useI18n();
  const t = classWords(locale);
  const [asking, setAsking] = useState(false);

  const remove = async () => {
    await classApi.remove(id);
    location.assign(`/${locale}/classes`);
  };

  return (
    <Section title={t.deleteTitle} text={t.deleteText}>
      <p className="mt-3">
        <Button kind="danger" onClick={() => setAsking(true)}>
          {t.deleteButton}
        </Button>
      </p>
      {asking && (
        <ConfirmDialog
          title={fill(t.deleteAsk, { name })}
          confirm={t.deleteDo}
          onConfirm={remove}
          onClose={() => setAsking(false)}
        >
          <div>
            <p>{t.deleteGoes}</p>
            <ul className="list-disc pl-5">
              {Object.values(t.deleteList).map((what) => (
                <li key={what}>{what}</li>
              ))}
            </ul>
          </div>
          <p>{t.deleteStays}</p>
        </ConfirmDialog>
      )}
    </Section>
  );
}
