/**
 * Help with Dockerfiles, by dockerfile-language-service. Its parts are taken one by one: its whole brings a client
 * along that asks Docker Hub for tags.
 */
import { DockerfileParser, type Dockerfile } from 'dockerfile-ast';
import { DockerAssist } from 'dockerfile-language-service/lib/dockerAssist.js';
import { DockerHover } from 'dockerfile-language-service/lib/dockerHover.js';
import { DockerSignatures } from 'dockerfile-language-service/lib/dockerSignatures.js';
import { format, validate, ValidationCode } from 'dockerfile-utils';
import { KEYWORDS } from 'dockerfile-utils/lib/dockerValidator.js';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { nearest } from '../near.ts';
import type { Explanation, Finding, Helper, Hint, HintKind, Hints, ImageUse, Span, Spot } from '../wire.ts';

/** As long as what a message repeats of the file may be. */
const REPEATED_MOST = 60;

export const dockerfileHelp: Helper = {
  check: (text) => ({ findings: findingsIn(text), images: imagesIn(text) }),
  hints: hintsAt,
  explain,
  signatures: (text, at) => {
    const help = new DockerSignatures().computeSignatures(text, at);
    if (!help || help.signatures.length === 0) return null;
    return {
      labels: help.signatures.map(({ label, parameters }) => ({
        label,
        parts: (parameters ?? []).map((part) => String(part.label)),
      })),
      active: help.activeSignature ?? 0,
      activePart: help.activeParameter ?? 0,
    };
  },
  format: (text, options) =>
    format(text, options).map(({ range, newText }) => ({ span: range, text: newText })),
};

function findingsIn(text: string): Finding[] {
  const document = TextDocument.create('', '', 0, text);
  const findings = validate(text).map(({ range, severity, code, message }): Finding => {
    const written = document.getText(range).split('\n')[0]!.trim();
    const name = ValidationCode[Number(code)] ?? String(code);
    return {
      span: range,
      severity: severity === 1 ? 'error' : 'warning',
      code: name,
      values: { text: written.length > REPEATED_MOST ? `${written.slice(0, REPEATED_MOST)}…` : written },
      english: message,
      near: name === 'UNKNOWN_INSTRUCTION' ? nearest(written, KEYWORDS) : null,
    };
  });
  // A misspelt FROM is one slip, and told once.
  const misspelt = findings.find(({ near }) => near === 'FROM')?.span.start.line;
  return findings.filter(({ code, span }) => code !== 'NO_SOURCE_IMAGE' || span.start.line !== misspelt);
}

/** What `FROM` pulls: not an earlier stage, not `scratch`, nothing with a variable in it. */
function imagesIn(text: string): ImageUse[] {
  const stages = new Set<string>();
  const images: ImageUse[] = [];
  for (const from of DockerfileParser.parse(text).getFROMs()) {
    const name = from.getImage();
    const span = from.getImageRange();
    const stage = from.getBuildStage();
    if (name && span && !name.includes('$') && name !== 'scratch' && !stages.has(name.toLowerCase()))
      images.push({ name, span });
    if (stage) stages.add(stage.toLowerCase());
  }
  return images;
}

async function hintsAt(text: string, at: Spot): Promise<Hints> {
  const dockerfile = DockerfileParser.parse(text);
  const span = imageSpanAt(dockerfile, at);
  const document = TextDocument.create('', '', 0, text);
  if (span) {
    const typed = document.getText({ start: span.start, end: at });
    if (!typed.startsWith('-')) return { hints: stagesBefore(dockerfile, span), image: { span, typed } };
  }
  const assist = new DockerAssist(document, NO_REGISTRY, { snippetSupport: true });
  const found = await assist.computeProposals(at);
  const hints = found.flatMap(({ label, kind, textEdit, insertTextFormat, data }): Hint[] => {
    if (!textEdit || !('range' in textEdit)) return [];
    // Its image is chosen next.
    const isFrom = label.startsWith('FROM ');
    return [
      {
        kind: KINDS[kind ?? 0] ?? 'value',
        label,
        insert: isFrom ? 'FROM ' : textEdit.newText,
        isSnippet: insertTextFormat === 2 && !isFrom,
        span: textEdit.range,
        topic: typeof data === 'string' ? data : null,
        types: [],
        goesOn: isFrom,
      },
    ];
  });
  return { hints, image: null };
}

/** Asked by nobody: images and tags are the page's to offer. */
const NO_REGISTRY = { getTags: async () => [] } as unknown as ConstructorParameters<typeof DockerAssist>[1];

/** By the numbers of the language server protocol (CompletionItemKind). */
const KINDS: Record<number, HintKind> = {
  6: 'variable',
  14: 'keyword',
  10: 'property',
  5: 'property',
  19: 'folder',
};

/** Where the image of a FROM stands or would stand, if that is where the cursor is. */
function imageSpanAt(dockerfile: Dockerfile, at: Spot): Span | null {
  for (const from of dockerfile.getFROMs()) {
    const { end } = from.getInstructionRange();
    const range = from.getRange();
    if (at.line < end.line || (at.line === end.line && at.character <= end.character)) continue;
    if (at.line > range.end.line) continue;
    const image = from.getImageRange();
    if (image === null) {
      const isInFlag = from.getFlags().some((flag) => flag.getRange().end.character >= at.character);
      return isInFlag ? null : { start: at, end: at };
    }
    if (
      at.line === image.start.line &&
      at.character >= image.start.character &&
      at.character <= image.end.character
    )
      return image;
  }
  return null;
}

function stagesBefore(dockerfile: Dockerfile, span: Span): Hint[] {
  return dockerfile.getFROMs().flatMap((from): Hint[] => {
    const stage = from.getBuildStage();
    if (!stage || from.getRange().start.line >= span.start.line) return [];
    return [
      {
        kind: 'name',
        label: stage,
        insert: stage,
        isSnippet: false,
        span,
        topic: null,
        types: [],
        goesOn: false,
      },
    ];
  });
}

type Marked = { contents: string };
/** In the place of the library's own texts: their names, by which ours are found. */
const NAMES = { getMarkdown: (name: string): Marked => ({ contents: `topic:${name}` }) };

function explain(text: string, at: Spot): Explanation | null {
  const hover = new DockerHover(NAMES as never, NAMES as never).onHover(text, at, []);
  if (!hover || typeof hover.contents !== 'string') return null;
  const topic = /^topic:(\w+)$/.exec(hover.contents)?.[1] ?? null;
  return { span: null, title: null, topic, types: [], text: topic === null ? hover.contents : null };
}
