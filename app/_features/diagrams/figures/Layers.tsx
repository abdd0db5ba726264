/** Two images on one base, two containers on one image. */
import type { DiagramWords } from '#app/_lib/i18n/en-diagrams.ts';
import { Box } from '../kit/Box.tsx';
import { Dock, Props, Waterline } from '../kit/Dock.tsx';
import { Slab } from '../kit/Slab.tsx';
import { Text } from '../kit/Text.tsx';
import { edgeOf } from '../kit/shapes.ts';

const WATER = 100;

export function Layers({ t }: { t: DiagramWords['layers'] }) {
  return (
    <>
      <Dock x={0.5} y={0.5} w={359} h={293} />
      <Waterline x={1} w={358} y={WATER + 0.5} mark={342} />
      <Text x={330} y={WATER - 6} at="end">
        {t.writable}
      </Text>
      <Text x={330} y={WATER + 16} at="end">
        {t.readOnly}
      </Text>

      {[13, 117].map((x, index) => (
        <g key={x}>
          <Box x={x} y={24} w={96} h={76} label={`web${index + 1}`} written={{ h: 38, family: 1 }} />
          <Props x={x} y={WATER + 1} w={96} h={40} family={1} />
        </g>
      ))}
      <path d="M205 68h18" stroke="var(--ink-3)" className="d-sharp" />
      <Text x={228} y={72.5}>
        {t.container}
      </Text>

      <Text x={61} y={WATER + 26} at="middle" as="name">
        nginx
      </Text>
      <Text x={285} y={186} at="middle" as="name">
        python
      </Text>
      <Slab x={12.5} y={141.5} w={201} h={22} family={1} label="COPY site" as="code" />
      <Slab x={12.5} y={166.5} w={201} h={62} family={1} label="apt-get install nginx" as="code" />
      <Slab x={222.5} y={196.5} w={125} h={32} family={2} label="install python3" as="code" />

      <Slab x={12.5} y={235.5} w={335} h={46} family="stone" />
      <path d="M13 233h201" stroke={edgeOf(1)} strokeWidth="3" className="d-sharp" />
      <path d="M222 233h126" stroke={edgeOf(2)} strokeWidth="3" className="d-sharp" />
      <Text x={22} y={263} as="name">
        debian
      </Text>
      <Text x={78} y={263} className="d-on-fill">
        {t.base}
      </Text>
      <Text x={338} y={263} at="end" className="d-on-fill">
        {t.once}
      </Text>
    </>
  );
}
