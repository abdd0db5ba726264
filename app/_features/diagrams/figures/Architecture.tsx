/** Client, daemon and registry: who asks whom, and where images and containers are. */
import type { DiagramWords } from '#app/_lib/i18n/en-diagrams.ts';
import { Arrow } from '../kit/Arrow.tsx';
import { Box } from '../kit/Box.tsx';
import { Dock, Props, Waterline } from '../kit/Dock.tsx';
import { Part } from '../kit/Part.tsx';
import { Slab } from '../kit/Slab.tsx';
import { Text } from '../kit/Text.tsx';

export function Architecture({ t }: { t: DiagramWords['architecture'] }) {
  return (
    <>
      <Text x={0} y={12} as="name">
        {t.client}
      </Text>
      <rect
        x="0.5"
        y="20.5"
        width="170"
        height="34"
        className="d-sharp"
        fill="var(--well)"
        stroke="var(--line-ui)"
      />
      <Text x={10} y={42} as="code">
        $ docker run nginx
      </Text>

      <Dock x={0.5} y={84.5} w={244} h={236} />
      <Text x={235} y={103} at="end" as="name">
        {t.host}
      </Text>
      <Part x={12.5} y={114.5} w={220} h={30} label="dockerd" />
      <Arrow points="86 56, 86 112" />
      <Text x={96} y={76}>
        {t.ask}
      </Text>
      <Arrow points="60 145, 60 164" />
      <Box x={13} y={166} w={100} h={48} label="web" written={{ h: 14, family: 1 }} />
      <Text x={233} y={186} at="end">
        {t.containers}
      </Text>
      <Waterline x={1} w={243} y={214.5} mark={226} />
      <Props x={13} y={215} w={100} h={26} family={1} />
      <Slab x={12.5} y={241.5} w={100} h={12} family={1} />
      <Slab x={12.5} y={256.5} w={100} h={34} family={1} label="nginx" as="name" />
      <Slab x={124.5} y={262.5} w={62} h={28} family={2} />
      <Slab x={12.5} y={293.5} w={174} h={20} family="stone" />
      <Text x={233} y={306} at="end">
        {t.images}
      </Text>

      <Text x={360} y={103} at="end" as="name">
        {t.registry}
      </Text>
      {(
        [
          [1, 'nginx', 116],
          [2, 'python', 152],
          [4, 'redis', 188],
        ] as const
      ).map(([family, name, y]) => (
        <Slab key={name} x={284.5} y={y + 0.5} w={75} h={28} family={family} label={name} />
      ))}
      <Arrow points="322 218, 322 272, 189 272" />
      <Text x={290} y={265} at="middle" as="note" halo>
        {t.pull}
      </Text>
    </>
  );
}
