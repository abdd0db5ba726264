/** One line for a name: of something new, or a new one. */
'use client';
import { useId, useState } from 'react';
import { Button } from '#app/_ui/Button.tsx';
import { isName } from './tree.ts';
import { useFilesWords } from './words.ts';

type NameFormProps = {
  label: string;
  start: string;
  action: string;
  onName: (name: string) => void;
  onCancel: () => void;
};

export function NameForm({ label, start, action, onName, onCancel }: NameFormProps) {
  const t = useFilesWords();
  const id = useId();
  const [name, setName] = useState(start);
  const isWrong = name !== '' && !isName(name);
  return (
    <form
      className="flex flex-col gap-2 border-b border-line px-4 py-3 text-sm"
      onSubmit={(event) => {
        event.preventDefault();
        if (isName(name)) onName(name);
      }}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
    >
      <label htmlFor={id} className="text-ink-2">
        {label}
      </label>
      <input
        id={id}
        ref={(input) => {
          if (input && input !== document.activeElement && name === start) input.select();
        }}
        value={name}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? `${id}-wrong` : undefined}
        className="h-(--hit) w-full rounded-touch border border-line-ui bg-panel px-2 font-mono text-ink"
        onChange={(event) => setName(event.target.value)}
      />
      {isWrong && (
        <p id={`${id}-wrong`} role="alert" className="text-fail">
          {t.badName}
        </p>
      )}
      <div className="flex gap-2">
        <Button kind="go" type="submit" disabled={!isName(name)}>
          {action}
        </Button>
        <Button kind="text" onClick={onCancel}>
          {t.cancel}
        </Button>
      </div>
    </form>
  );
}
