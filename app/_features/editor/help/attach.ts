/** Gives an open Dockerfile or compose file its help, for as long as it is open: marks, hints, words beside the pointer. */
import { api } from '#app/_lib/api/browser.ts';
import type { Locale } from '#app/_lib/i18n/locale.ts';
import { monaco } from '../monaco.ts';
import { askerOf, type Asker } from './ask.ts';
import { catalogOf, isHeld, wantedOf, type Catalog } from './images.ts';
import { isWholeProject, type HelpKind } from './kinds.ts';
import { rangeOf } from './positions.ts';
import { registerProviders } from './providers.ts';
import { sayFinding, sayImage } from './say.ts';
import { speechOf, type Speech } from './words.ts';
import type { Findings, ImageUse } from './wire.ts';
import './help.css';

/** After the last key, so that half a word is not called wrong at every letter. */
const SETTLED_MS = 250;
const OWNER = 'drydock';

export type Problem = {
  severity: 'error' | 'warning' | 'info';
  message: string;
  line: number;
  column: number;
};

export type HelpView = {
  speech: Speech;
  problems: readonly Problem[];
  show: (problem: Problem) => void;
  focus: () => void;
  /** Null where nothing is formatted. */
  format: (() => void) | null;
};

type Attached = {
  editor: monaco.editor.IStandaloneCodeEditor;
  path: string;
  kind: HelpKind;
  locale: Locale;
  onView: (view: HelpView) => void;
};

// Each is a file of ours, so that the bundler serves it from this server.
const WORKERS: Record<HelpKind, () => Worker> = {
  dockerfile: () =>
    new Worker(new URL('./dockerfile/dockerfile.worker.ts', import.meta.url), { type: 'module' }),
  compose: () => new Worker(new URL('./compose/compose.worker.ts', import.meta.url), { type: 'module' }),
};

export function attachHelp({ editor, path, kind, locale, onView }: Attached): { dispose: () => void } {
  const model = editor.getModel()!;
  const speech = speechOf(locale);
  const asker = askerOf(WORKERS[kind]());
  // The list is whole whatever is asked for: only its order follows the name.
  const catalog = catalogOf((near) => api.catalog(locale, near ?? 'scratch'));
  const view: Omit<HelpView, 'problems'> = {
    speech,
    show: ({ line, column }) => {
      editor.setPosition({ lineNumber: line, column });
      editor.revealLineInCenterIfOutsideViewport(line);
      editor.focus();
    },
    focus: () => editor.focus(),
    format: kind === 'dockerfile' ? () => void editor.getAction('editor.action.formatDocument')?.run() : null,
  };

  const check = async () => {
    const version = model.getVersionId();
    // What is found in a text that is written on meanwhile is not shown: the next look follows.
    const isStale = () => model.isDisposed() || model.getVersionId() !== version;
    const found = await asker.ask('check', model.getValue(), { isWhole: isWholeProject(path) });
    if (isStale()) return;
    const markers = markersOf(found, speech);
    const show = (images: readonly monaco.editor.IMarkerData[]) => {
      monaco.editor.setModelMarkers(model, OWNER, [...markers, ...images]);
      onView({ ...view, problems: problemsOf([...markers, ...images]) });
    };
    show([]);
    const images = await imageMarkers(found.images, { catalog, speech });
    if (images.length > 0 && !isStale()) show(images);
  };
  const look = () => void check().catch((error) => tell(error, asker));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const change = model.onDidChangeContent(() => {
    clearTimeout(timer);
    timer = setTimeout(look, SETTLED_MS);
  });
  const providers = registerProviders({ model, kind, asker, catalog, speech });
  look();
  return {
    dispose: () => {
      clearTimeout(timer);
      change.dispose();
      for (const one of providers) one.dispose();
      asker.end();
      if (!model.isDisposed()) monaco.editor.setModelMarkers(model, OWNER, []);
    },
  };
}

/** Without its help the file can be written all the same: that is no matter for the learner. */
function tell(error: unknown, { isEnded }: Asker): void {
  if (!isEnded()) console.warn('no help with this file', error);
}

function markersOf({ findings }: Findings, speech: Speech): monaco.editor.IMarkerData[] {
  const { MarkerSeverity } = monaco;
  return findings.map((finding) => ({
    ...rangeOf(finding.span),
    severity: finding.severity === 'error' ? MarkerSeverity.Error : MarkerSeverity.Warning,
    message: sayFinding(finding, speech),
  }));
}

async function imageMarkers(
  uses: readonly ImageUse[],
  { catalog, speech }: { catalog: Catalog; speech: Speech },
): Promise<monaco.editor.IMarkerData[]> {
  if (uses.length === 0) return [];
  const held = await catalog.all();
  const markers = uses.map(async ({ name, span }) => {
    const wanted = wantedOf(name);
    if (!wanted || isHeld(wanted, held)) return [];
    const near = await catalog.near(wanted.repository);
    return [
      { ...rangeOf(span), severity: monaco.MarkerSeverity.Info, message: sayImage(wanted, near, speech) },
    ];
  });
  return (await Promise.all(markers)).flat();
}

function problemsOf(markers: readonly monaco.editor.IMarkerData[]): Problem[] {
  const { MarkerSeverity } = monaco;
  return markers
    .map(({ severity, message, startLineNumber: line, startColumn: column }): Problem => {
      const kind =
        severity === MarkerSeverity.Error
          ? 'error'
          : severity === MarkerSeverity.Warning
            ? 'warning'
            : 'info';
      return { severity: kind, message, line, column };
    })
    .toSorted((a, b) => a.line - b.line || a.column - b.column);
}
