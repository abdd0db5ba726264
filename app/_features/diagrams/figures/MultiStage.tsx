/** Two stages: the tools stay behind, only what was built goes along. */
import type { DiagramWords } from '#app/_lib/i18n/en-diagrams.ts';
import { Arrow } from '../kit/Arrow.tsx';
import { Dock } from '../kit/Dock.tsx';
import { Slab } from '../kit/Slab.tsx';
import { Text } from '../kit/Text.tsx';

const GROUND = 236;

export function MultiStage({ t }: { t: DiagramWords['multi-stage'] }) {
  return (
    <>
      <Text x={0} y={13} as="code" className="d-strong">
        FROM gcc AS build
      </Text>
      <Text x={0} y={31}>
        {t.first}
      </Text>
      <Slab x={0.5} y={46.5} w={140} h={28} family={2} label="/src/hello" as="code" />
      <Slab x={0.5} y={78.5} w={140} h={24} family={4} label={t.source} />
      <Slab x={0.5} y={106.5} w={140} h={90} family={4} label={t.compiler} />
      <Slab x={0.5} y={200.5} w={140} h={35} family="stone" label="debian" />

      <Text x={220} y={13} as="code" className="d-strong">
        FROM scratch
      </Text>
      <Text x={220} y={31}>
        {t.second}
      </Text>
      <Slab x={220.5} y={207.5} w={139} h={28} family={2} label="/hello" as="code" />
      <Dock x={0.5} y={GROUND + 0.5} w={359} h={0} />
      <Arrow points="141 60, 290 60, 290 205" />
      <Text x={281} y={128} at="end" as="code">
        COPY
      </Text>
      <Text x={281} y={145} at="end" as="code">
        --from=build
      </Text>

      <Text x={0} y={262} as="name">
        {t.left}
      </Text>
      <Text x={220} y={262} as="name">
        {t.shipped}
      </Text>
    </>
  );
}
