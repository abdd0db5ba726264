/** A Dockerfile beside the layers it made: from the first change downward everything is built anew. */
import type { DiagramWords } from '#app/_lib/i18n/en-diagrams.ts';
import { Slab } from '../kit/Slab.tsx';
import { edgeOf } from '../kit/shapes.ts';
import { Text } from '../kit/Text.tsx';

const LINES = [
  'FROM debian',
  'RUN apt-get … python3',
  'COPY app.py .',
  'RUN python3 -m …',
  'CMD python3 app.py',
];
/** The first line whose input is not what it was. */
const CHANGED = 2;
const ROW = 38;

export function BuildCache({ t }: { t: DiagramWords['build-cache'] }) {
  const below = 30 + CHANGED * ROW - 4.5;
  return (
    <>
      <Text x={0} y={13} as="name">
        Dockerfile
      </Text>
      <Text x={360} y={13} at="end" as="name">
        {t.layers}
      </Text>
      {LINES.map((line, index) => {
        const y = 30 + index * ROW;
        const cached = index < CHANGED;
        return (
          <g key={line}>
            {index === CHANGED && <rect x={0} y={y} width={186} height={28} rx={4} fill="var(--near-wash)" />}
            <Text x={8} y={y + 18.5} as="code" className={index === CHANGED ? 'd-strong' : undefined}>
              {line}
            </Text>
            <path d={`M188 ${y + 14.5}h26`} stroke="var(--line-2)" className="d-sharp" />
            <Slab
              x={216.5}
              y={y + 0.5}
              w={143}
              h={28}
              family={cached ? 1 : 2}
              label={cached ? t.cached : index === CHANGED ? t.changed : t.again}
            />
            {cached && (
              <path d={`M340 ${y + 15}l4 4 7-9`} fill="none" stroke={edgeOf(1)} strokeWidth="1.75" />
            )}
            {!cached && (
              <path
                d={`M350.5 ${y + 11}a5.5 5.5 0 1 0 1 5M352 ${y + 8}v4.5h-4.5`}
                fill="none"
                stroke={edgeOf(2)}
                strokeWidth="1.5"
              />
            )}
          </g>
        );
      })}
      <path d={`M0 ${below}h360`} stroke="var(--near)" strokeDasharray="4 3" className="d-sharp" />
    </>
  );
}
