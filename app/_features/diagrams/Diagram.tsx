/** One of our own figures with its caption. Drawn on the server only: it costs the browser no program. */
import type { FunctionComponent } from 'react';
import type { DiagramName } from '#server/protocol/lesson.ts';
import { diagramWords } from '#app/_lib/i18n/diagrams.ts';
import type { DiagramWords } from '#app/_lib/i18n/en-diagrams.ts';
import type { Locale } from '#app/_lib/i18n/locale.ts';
import { Architecture } from './figures/Architecture.tsx';
import { BuildCache } from './figures/BuildCache.tsx';
import { ClientDaemon } from './figures/ClientDaemon.tsx';
import { Compose } from './figures/Compose.tsx';
import { ContainerVsVm } from './figures/ContainerVsVm.tsx';
import { CopyOnWrite } from './figures/CopyOnWrite.tsx';
import { EngineParts } from './figures/EngineParts.tsx';
import { Layers } from './figures/Layers.tsx';
import { LifeCycle } from './figures/LifeCycle.tsx';
import { Mirror } from './figures/Mirror.tsx';
import { MultiStage } from './figures/MultiStage.tsx';
import { Networks } from './figures/Networks.tsx';
import { Registry } from './figures/Registry.tsx';
import { Swarm } from './figures/Swarm.tsx';
import { Volumes } from './figures/Volumes.tsx';

/** All figures are as wide as this, in their own pixels; the column scales them. */
const WIDTH = 360;

type Figure<Name extends DiagramName> = {
  height: number;
  Drawing: FunctionComponent<{ t: DiagramWords[Name] }>;
};

const FIGURES: { [Name in DiagramName]: Figure<Name> } = {
  architecture: { height: 330, Drawing: Architecture },
  'build-cache': { height: 226, Drawing: BuildCache },
  'client-daemon': { height: 282, Drawing: ClientDaemon },
  compose: { height: 402, Drawing: Compose },
  'container-vs-vm': { height: 300, Drawing: ContainerVsVm },
  'copy-on-write': { height: 216, Drawing: CopyOnWrite },
  'engine-parts': { height: 376, Drawing: EngineParts },
  layers: { height: 300, Drawing: Layers },
  'life-cycle': { height: 286, Drawing: LifeCycle },
  mirror: { height: 212, Drawing: Mirror },
  'multi-stage': { height: 268, Drawing: MultiStage },
  networks: { height: 286, Drawing: Networks },
  registry: { height: 296, Drawing: Registry },
  swarm: { height: 308, Drawing: Swarm },
  volumes: { height: 276, Drawing: Volumes },
};

export function Diagram<Name extends DiagramName>({ name, locale }: { name: Name; locale: Locale }) {
  const words = diagramWords(locale);
  const { alt, caption } = words[name as DiagramName];
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
