/** Writes a note to one learner or to all, with a command beside it where one is wanted. */
'use client';
import { useId, useState, type FormEvent } from 'react';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { Callout } from '#app/_ui/Callout.tsx';
import { Dialog } from '#app/_ui/Dialog.tsx';
import { Field } from '#app/_ui/Field.tsx';
import { INPUT } from '#app/_ui/input.ts';
import { useVoice } from '#app/_ui/Toasts.tsx';
import { CLASS_LIMITS } from '#server/protocol/numbers.ts';
import { classroomApi } from './classroom-api.ts';
import { failureWords } from './use-failure.ts';
import { useWallWords } from './words.ts';

type NoteProps = {
  classId: string;
  /** Null: to all. */
  to: { learner: string; name: string } | null;
  onClose: () => void;
};

const MOST = CLASS_LIMITS.noteCharacters;

export default function NoteDialog({ classId, to, onClose }: NoteProps) {
  const { t, w } = useWallWords();
  const { show } = useVoice();
  const id = useId();
  const [text, setText] = useState('');
  const [command, setCommand] = useState('');
  const [trouble, setTrouble] = useState<{ of: 'text' | 'sending'; words: string } | null>(null);
  const [isSending, setSending] = useState(false);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    if (text.trim() === '') return setTrouble({ of: 'text', words: w.note.needed });
    setSending(true);
    try {
      await classroomApi.note(classId, {
        text: text.trim(),
        command: command.trim() || null,
        learner: to?.learner ?? null,
      });
      show(to ? fill(w.note.sentOne, to) : w.note.sentAll);
      onClose();
    } catch (error) {
      setTrouble({ of: 'sending', words: failureWords(error, t) });
      setSending(false);
    }
  };

  const wrong = trouble?.of === 'text';
  return (
    <Dialog title={to ? fill(w.note.toOne, to) : w.note.toAll} onClose={onClose}>
      <form className="flex flex-col gap-4 overflow-y-auto px-6 pb-6" onSubmit={(event) => void send(event)}>
        <div className="flex flex-col gap-1">
          <label htmlFor={id} className="font-strong">
            {w.note.text}
          </label>
          <textarea
            id={id}
            rows={4}
            maxLength={MOST}
            value={text}
            aria-invalid={wrong || undefined}
            aria-describedby={`${id}-rule`}
            className={`${INPUT} h-auto! resize-y py-2`}
            onChange={(event) => {
              setText(event.target.value);
              setTrouble(null);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send(event);
            }}
          />
          <p id={`${id}-rule`} className={wrong ? 'text-fail' : 'text-ink-3'}>
            {wrong ? trouble.words : fill(w.note.rule, { most: MOST })}
          </p>
        </div>
        <Field
          label={w.note.command}
          rule={w.note.commandRule}
          value={command}
          maxLength={MOST}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          className="font-mono text-mono-sm!"
          onChange={(event) => setCommand(event.target.value)}
        />
        {trouble?.of === 'sending' && (
          <Callout kind="fail" role="alert">
            {trouble.words}
          </Callout>
        )}
        <p className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t.ui.cancel}</Button>
          <Button kind="go" type="submit" aria-disabled={isSending}>
            {isSending ? w.note.sending : w.note.send}
          </Button>
        </p>
      </form>
    </Dialog>
  );
}
