/** The editor on the page: shows the text that it is given, tells what is written, asks for saving by key and on leaving. */
'use client';
import { useEffect, useRef } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import type { Locale } from '#app/_lib/i18n/locale.ts';
import type { ShownTheme } from '#app/_lib/preferences.ts';
import type { LineNote } from '#app/_lib/line-notes.ts';
import type { HelpView } from './help/attach.ts';
import { helpKindOf } from './help/kinds.ts';
import { showNotes } from './line-notes.ts';
import { languageOf, monaco, takeTheme } from './monaco.ts';

export type TextEditorProps = {
  path: string;
  text: string;
  /** Another number: the text comes from outside, and takes the place of what is shown. */
  round: number;
  /** What stands in the machine instead: shown to the left, and nothing can be written. */
  other: string | null;
  label: string;
  fontSize: number;
  theme: ShownTheme;
  notes: readonly LineNote[];
  onEdit: (text: string) => void;
  onSave: () => void;
  /** What is known about a file that there is help for; null: nothing, or nothing any more. */
  onHelp: (help: HelpView | null) => void;
  onProblems: () => void;
};

export default function TextEditor(props: TextEditorProps) {
  return props.other === null ? <Writing {...props} /> : <Comparing {...props} other={props.other} />;
}

const LOOK = {
  automaticLayout: true,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  padding: { top: 8, bottom: 8 },
  overviewRulerLanes: 0,
  renderLineHighlight: 'none',
  fontLigatures: false,
  contextmenu: false,
  // Over the edges of a small pane, such as a phone's.
  fixedOverflowWidgets: true,
  // Words that only happen to stand in a file are no help with it.
  wordBasedSuggestions: 'off',
  // To YAML a key is a string until its colon is there.
  quickSuggestions: { other: 'on', strings: 'on', comments: 'off' },
  suggest: { showIcons: false },
  // Above the first line stands the name of the file.
  hover: { above: false },
  // What is written out already needs no Enter to be taken.
  acceptSuggestionOnEnter: 'smart',
  // A learner with the mouse over a terminal's neighbour scrolls what lies under it.
  scrollbar: { alwaysConsumeMouseWheel: false, useShadows: false },
} as const satisfies monaco.editor.IStandaloneEditorConstructionOptions;

function Writing(props: TextEditorProps) {
  const { path, round, fontSize, theme, notes } = props;
  const { locale } = useI18n();
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<monaco.editor.IStandaloneCodeEditor | null>(null);
  const shown = useRef(round);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const element = host.current!;
    const { text, label, fontSize } = latest.current;
    const model = monaco.editor.createModel(text, languageOf(path));
    const made = monaco.editor.create(element, {
      ...LOOK,
      model,
      ariaLabel: label,
      fontSize,
      fontFamily: getComputedStyle(element).getPropertyValue('--font-mono') || 'monospace',
    });
    editor.current = made;
    made.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyS, () => latest.current.onSave());
    made.onDidBlurEditorWidget(() => latest.current.onSave());
    // As it was, with its own line ends: what was not touched is not saved otherwise.
    model.onDidChangeContent(() => latest.current.onEdit(valueOf(model)));
    made.addCommand(PROBLEM_KEYS, () => latest.current.onProblems());
    made.focus();
    const help = helped(made, { path, locale, onHelp: (view) => latest.current.onHelp(view) });
    return () => {
      editor.current = null;
      help.dispose();
      made.dispose();
      model.dispose();
    };
  }, [path, locale]);

  useEffect(() => {
    if (shown.current === round) return;
    shown.current = round;
    const model = editor.current?.getModel();
    const { text } = latest.current;
    if (!model || valueOf(model) === text) return;
    // One step back brings what was here before.
    model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
  }, [round]);
  useEffect(() => {
    const made = editor.current;
    return made ? showNotes(made, notes) : undefined;
  }, [notes]);
  useEffect(() => editor.current?.updateOptions({ fontSize }), [fontSize]);
  useEffect(() => takeTheme(host.current!, theme), [theme]);

  return <div ref={host} className="h-full font-mono" />;
}

const PROBLEM_KEYS = monaco.KeyMod.CtrlCmd | monaco.KeyMod.Shift | monaco.KeyCode.KeyM;

type Helped = { path: string; locale: Locale; onHelp: (help: HelpView | null) => void };

/** The help comes with the first file that it is for. */
function helped(editor: monaco.editor.IStandaloneCodeEditor, { path, locale, onHelp }: Helped) {
  const kind = helpKindOf(path);
  let attached: { dispose: () => void } | null = null;
  let isGone = false;
  const attach = async () => {
    if (kind === null) return;
    const { attachHelp } = await import('./help/attach.ts');
    if (!isGone) attached = attachHelp({ editor, path, kind, locale, onView: onHelp });
  };
  attach().catch((error) => console.warn('no help with this file', error));
  return {
    dispose: () => {
      isGone = true;
      attached?.dispose();
      onHelp(null);
    },
  };
}

/** With its byte order mark: what was not touched stays. */
const valueOf = (model: monaco.editor.ITextModel) => model.getValue(undefined, true);

function Comparing({ path, text, other, label, fontSize, theme }: TextEditorProps & { other: string }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current!;
    const language = languageOf(path);
    const models = {
      original: monaco.editor.createModel(other, language),
      modified: monaco.editor.createModel(text, language),
    };
    const made = monaco.editor.createDiffEditor(element, {
      ...LOOK,
      readOnly: true,
      fontSize,
      renderOverviewRuler: false,
      fontFamily: getComputedStyle(element).getPropertyValue('--font-mono') || 'monospace',
    });
    made.setModel(models);
    for (const side of [made.getOriginalEditor(), made.getModifiedEditor()])
      side.updateOptions({ ariaLabel: label });
    // A comparison does not hand its names on.
    for (const side of element.querySelectorAll('[role=textbox]')) side.setAttribute('aria-label', label);
    return () => {
      made.dispose();
      models.original.dispose();
      models.modified.dispose();
    };
  }, [path, text, other, label, fontSize]);
  useEffect(() => takeTheme(host.current!, theme), [theme]);
  return <div ref={host} className="h-full font-mono" />;
}
