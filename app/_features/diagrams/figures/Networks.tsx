/** Two networks as rails: who hangs on the same one hears the other by name; a plug in the wall opens a port. */
import type { DiagramWords } from '#app/_lib/i18n/en-diagrams.ts';
import { Box } from '../kit/Box.tsx';
import { Dock } from '../kit/Dock.tsx';
import { Knot, Plug, Rail } from '../kit/Rail.tsx';
import { Text } from '../kit/Text.tsx';

const FRONT = 82;
const BACK = 232;

export function Networks({ t }: { t: DiagramWords['networks'] }) {
  return (
    <>
      <Dock x={0.5} y={40.5} w={359} h={236} />
      <Text x={350} y={60} at="end">
        {t.host}
      </Text>
      <Plug x={50} y={40} to={124} />
      <Text x={50} y={18} at="middle" as="code" className="d-strong">
        8080
      </Text>
      <Text x={72} y={18}>
        {t.outside}
      </Text>
      <Text x={60} y={117} as="code">
        80
      </Text>

      <Rail x={12} w={336} y={FRONT} />
      <Text x={120} y={FRONT - 8} as="code" className="d-strong">
        front
      </Text>
      <Rail x={12} w={336} y={BACK} />
      <Text x={348} y={BACK + 22} at="end" as="code" className="d-strong">
        back
      </Text>

      <Box x={13} y={126} w={96} h={54} label="web" written={{ h: 12, family: 1 }} />
      <Box x={132} y={126} w={96} h={54} label="api" written={{ h: 12, family: 2 }} />
      <Box x={251} y={126} w={96} h={54} label="db" written={{ h: 12, family: 4 }} />
      <Knot x={85} y={FRONT} to={126} />
      <Knot x={180} y={FRONT} to={126} />
      <Knot x={180} y={BACK} to={180} />
      <Knot x={299} y={BACK} to={180} />

      <Text x={188} y={108}>
        {t.byName}
      </Text>
      <Text x={12} y={BACK + 22}>
        {t.apart}
      </Text>
    </>
  );
}
