/** A mirror between daemons and the registry: asked first, fetches once, keeps what it fetched. */
import type { DiagramWords } from '#app/_lib/i18n/en-diagrams.ts';
import { Arrow } from '../kit/Arrow.tsx';
import { Part } from '../kit/Part.tsx';
import { Slab } from '../kit/Slab.tsx';
import { Text } from '../kit/Text.tsx';

export function Mirror({ t }: { t: DiagramWords['mirror'] }) {
  return (
    <>
      <Part x={0.5} y={24.5} w={92} h={36} label="dockerd" />
      <Text x={0} y={14}>
        node1
      </Text>
      <Part x={0.5} y={124.5} w={92} h={36} label="dockerd" />
      <Text x={0} y={114}>
        node2
      </Text>

      <Text x={166} y={44} as="name">
        {t.mirror}
      </Text>
      <rect
        x={160.5}
        y={52.5}
        width={84}
        height={80}
        className="d-sharp"
        fill="var(--panel)"
        stroke="var(--line-ui)"
      />
      <Slab x={168.5} y={94.5} w={68} h={30} family={1} label="nginx" />
      <Text x={276} y={44} as="name">
        Docker Hub
      </Text>
      <rect
        x={276.5}
        y={52.5}
        width={83}
        height={80}
        className="d-sharp"
        fill="var(--panel)"
        stroke="var(--line-ui)"
      />
      <Slab x={284.5} y={60.5} w={67} h={30} family={2} label="python" />
      <Slab x={284.5} y={94.5} w={67} h={30} family={1} label="nginx" />

      <Arrow points="93 42, 126 42, 126 76, 158 76" />
      <Text x={98} y={34}>
        {t.first}
      </Text>
      <Arrow points="93 142, 126 142, 126 110, 158 110" />
      <Text x={98} y={160}>
        {t.later}
      </Text>
      <Arrow points="246 109, 275 109" both />
      <Text x={260} y={101} at="middle">
        {t.once}
      </Text>
      <Arrow points="46 161, 46 204, 318 204, 318 134" dashed />
      <Text x={182} y={197} at="middle">
        {t.direct}
      </Text>
    </>
  );
}
