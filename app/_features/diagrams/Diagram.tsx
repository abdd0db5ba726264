/** One of our own figures with its caption. Drawn on the server only: it costs the browser no program. */
import type { FunctionComponent } from 'react';
import type { DiagramName } from '#server/protocol/lesson.ts';
import { diagramWords } from '#app/_lib/i18n/diagrams.ts';
import type { DiagramWords } from '#app/_lib/i18n/en-diagrams.ts';
import type { Locale } from '#app/_lib/i18n/locale.ts';
import { Architecture } from './figures/Architecture.tsx';
import { ClientDaemon } from './figures/ClientDaemon.tsx';
import { ContainerVsVm } from './figures/ContainerVsVm.tsx';
import { CopyOnWrite } from './figures/CopyOnWrite.tsx';
import { Layers } from './figures/Layers.tsx';
import { LifeCycle } from './figures/LifeCycle.tsx';

/** All figures are as wide as this, in their own pixels; the column scales them. */
const WIDTH = 360;

/** Those that are drawn so far; the others are known to the loader and still to come. */
type Drawn = DiagramName & keyof DiagramWords;

type Figure<Name extends Drawn> = {
  height: number;
  Drawing: FunctionComponent<{ t: DiagramWords[Name] }>;
};

const FIGURES: { [Name in Drawn]: Figure<Name> } = {
  architecture: { height: 330, Drawing: Architecture },
  'client-daemon': { height: 282, Drawing: ClientDaemon },
  'container-vs-vm': { height: 300, Drawing: ContainerVsVm },
  'copy-on-write': { height: 216, Drawing: CopyOnWrite },
  layers: { height: 300, Drawing: Layers },
  'life-cycle': { height: 286, Drawing: LifeCycle },
};

export const isDrawn = (name: DiagramName): name is Drawn => name in FIGURES;

export function Diagram<Name extends Drawn>({ name, locale }: { name: Name; locale: Locale }) {
  const words = diagramWords(locale);
  const { alt, caption } = words[name as Drawn];
  const { height, Drawing }: Figure<Name> = FIGURES[name];
  return (
    <figure className="diagram">
      <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={alt}>
        <Drawing t={words[name]} />
      </svg>
      <figcaption>{caption}</figcaption>
    </figure>
  );
}
