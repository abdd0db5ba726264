/** What the editor asks for while one writes: hints, words beside the pointer, what an instruction takes, tidy lines. */
import { formatBytes } from '#app/_lib/sizes.ts';
import { fill } from '#app/_lib/i18n/words.ts';
import { monaco } from '../monaco.ts';
import type { Asker } from './ask.ts';
import type { Catalog } from './images.ts';
import type { HelpKind } from './kinds.ts';
import { rangeOf, spotOf } from './positions.ts';
import { sayTopic, sayTypes } from './say.ts';
import type { Speech } from './words.ts';
import type { Explanation, Hint, HintKind, Hints } from './wire.ts';

type Sources = {
  model: monaco.editor.ITextModel;
  kind: HelpKind;
  asker: Asker;
  catalog: Catalog;
  speech: Speech;
};

const LANGUAGE: Record<HelpKind, string> = { dockerfile: 'dockerfile', compose: 'yaml' };
const TRIGGERS: Record<HelpKind, string[]> = {
  dockerfile: [' ', ':', '$', '{', '-', '='],
  compose: [' ', ':'],
};

/** They answer for this one file only. */
export function registerProviders(sources: Sources): monaco.IDisposable[] {
  const { model, kind, asker } = sources;
  const { languages } = monaco;
  const language = LANGUAGE[kind];
  const isMine = (asked: monaco.editor.ITextModel) => asked === model;
  const providers = [
    languages.registerCompletionItemProvider(language, {
      triggerCharacters: TRIGGERS[kind],
      provideCompletionItems: async (asked, position, { triggerCharacter }) => {
        if (!isMine(asked)) return null;
        // A line that is only being moved in is not written yet: the list would take its Enter.
        const isBlank = model.getLineContent(position.lineNumber).trim() === '';
        if (triggerCharacter === ' ' && isBlank) return null;
        const hints = await asker.ask('hints', model.getValue(), spotOf(position));
        return {
          suggestions: [
            ...hints.hints.map((hint) => itemOf(hint, sources)),
            ...(await images(hints, sources)),
          ],
        };
      },
    }),
    languages.registerHoverProvider(language, {
      provideHover: async (asked, position) =>
        isMine(asked)
          ? hoverOf(await asker.ask('explain', model.getValue(), spotOf(position)), sources)
          : null,
    }),
  ];
  if (kind !== 'dockerfile') return providers;
  return [
    ...providers,
    languages.registerSignatureHelpProvider(language, {
      // Only by its key: beside the list of hints it would be in the way.
      signatureHelpTriggerCharacters: [],
      provideSignatureHelp: async (asked, position) => {
        const found = isMine(asked)
          ? await asker.ask('signatures', model.getValue(), spotOf(position))
          : null;
        if (!found) return null;
        const signatures = found.labels.map(({ label, parts }) => ({
          label,
          parameters: parts.map((part) => ({ label: part })),
        }));
        return {
          value: { signatures, activeSignature: found.active, activeParameter: found.activePart },
          dispose: () => undefined,
        };
      },
    }),
    languages.registerDocumentFormattingEditProvider(language, {
      provideDocumentFormattingEdits: async (asked, { tabSize, insertSpaces }) => {
        if (!isMine(asked)) return [];
        const edits = await asker.ask('format', model.getValue(), { tabSize, insertSpaces });
        return edits.map(({ span, text }) => ({ range: rangeOf(span), text }));
      },
    }),
  ];
}

function kindOf(kind: HintKind): monaco.languages.CompletionItemKind {
  const { CompletionItemKind: known } = monaco.languages;
  const kinds: Record<HintKind, monaco.languages.CompletionItemKind> = {
    keyword: known.Keyword,
    property: known.Property,
    value: known.Value,
    name: known.Reference,
    variable: known.Variable,
    folder: known.Folder,
    image: known.Module,
  };
  return kinds[kind];
}

const CHOOSE_NEXT = { id: 'editor.action.triggerSuggest', title: '' };

function itemOf(hint: Hint, { speech }: Sources): monaco.languages.CompletionItem {
  const { KeepWhitespace, InsertAsSnippet } = monaco.languages.CompletionItemInsertTextRule;
  const said = sayTopic(hint.topic, speech);
  const rank = Object.keys(speech.topics).indexOf(hint.topic ?? '');
  return {
    label: said === null ? hint.label : { label: hint.label, description: inBrief(said) },
    // What there are words for is what is wanted most, in the order of the words.
    sortText: `${String(rank < 0 ? 999 : rank).padStart(3, '0')}${hint.label}`,
    kind: kindOf(hint.kind),
    insertText: hint.insert,
    insertTextRules: hint.isSnippet ? InsertAsSnippet : KeepWhitespace,
    range: rangeOf(hint.span),
    ...(said === null ? {} : { documentation: { value: said } }),
    ...(hint.types.length === 0 ? {} : { detail: sayTypes(hint.types, speech.words) }),
    ...(hint.goesOn ? { command: CHOOSE_NEXT } : {}),
  };
}

/** Its first sentence, without marks. */
const inBrief = (said: string) => said.split(/[.:;](?=\s|$)|[。：；]/u)[0]!.replaceAll('`', '');

/** Names first; after the colon, the tags of the one that is named. */
async function images({ image }: Hints, { catalog }: Sources): Promise<monaco.languages.CompletionItem[]> {
  if (!image) return [];
  const held = await catalog.all().catch(() => []);
  const [name, tag] = image.typed.split(':');
  const range = rangeOf(image.span);
  const kind = kindOf('image');
  if (tag === undefined)
    return held.map(({ repository, description, sizeBytes }) => ({
      label: { label: repository, description: formatBytes(sizeBytes) },
      kind,
      insertText: repository,
      range,
      documentation: { value: description },
    }));
  const tags = held.find(({ repository }) => repository === name)?.tags ?? [];
  return tags.map((one, index) => ({
    label: `${name}:${one}`,
    kind,
    insertText: `${name}:${one}`,
    range,
    // From the most exact to the least, as the catalog has them.
    sortText: String(index).padStart(3, '0'),
  }));
}

function hoverOf(found: Explanation | null, { speech }: Sources): monaco.languages.Hover | null {
  if (!found) return null;
  const { words } = speech;
  const said = sayTopic(found.topic, speech);
  const value = [
    found.title !== null && `**${found.title}**`,
    said,
    found.types.length > 0 && fill(words.type, { types: sayTypes(found.types, words) }),
    // Of the file's own: shown as it is, and nothing of it works.
    found.text !== null && `\`\`\`text\n${found.text.replaceAll('`', 'ˋ')}\n\`\`\``,
  ];
  const contents = value.filter((part) => typeof part === 'string').map((part) => ({ value: part }));
  if (contents.length === 0) return null;
  return { contents, ...(found.span ? { range: rangeOf(found.span) } : {}) };
}
