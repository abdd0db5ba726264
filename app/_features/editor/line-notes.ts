/** Shows notes beside the lines of an editor: a coloured edge, and words behind the text. */
import type { LineNote } from '#app/_lib/line-notes.ts';
import { monaco } from './monaco.ts';

/** Between the text and the note. */
const GAP = '\u2003\u2003';

/** Answers with what takes them away again. */
export function showNotes(
  editor: monaco.editor.IStandaloneCodeEditor,
  notes: readonly LineNote[],
): () => void {
  const model = editor.getModel();
  const shown = editor.createDecorationsCollection(
    model ? notes.flatMap((note) => decorationsOf(note, model)) : [],
  );
  return () => shown.clear();
}

function decorationsOf(
  { first, last, tone, text, more }: LineNote,
  model: monaco.editor.ITextModel,
): monaco.editor.IModelDeltaDecoration[] {
  const lines = model.getLineCount();
  // Notes of another text: nothing is better than a wrong line.
  if (last > lines) return [];
  const end = model.getLineMaxColumn(first);
  return [
    {
      range: new monaco.Range(first, 1, last, 1),
      options: { isWholeLine: true, linesDecorationsClassName: `line-edge line-edge-${tone}` },
    },
    {
      range: new monaco.Range(first, end, first, end),
      options: {
        showIfCollapsed: true,
        hoverMessage: more === '' ? null : { value: asCode(more) },
        after: {
          content: `${GAP}${text}`,
          inlineClassName: `line-note line-note-${tone}`,
          cursorStops: monaco.editor.InjectedTextCursorStops.None,
        },
      },
    },
  ];
}

/** What a machine said is no Markdown of ours: no links, no pictures. */
const asCode = (text: string) => `\`\`\`text\n${text.replaceAll('`', "'")}\n\`\`\``;
