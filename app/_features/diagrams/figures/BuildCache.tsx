/** A Dockerfile beside the layers it made: from the first change downward everything is built anew. */
import type { DiagramWords } from '#app/_lib/i18n/en-diagrams.ts';
import { Slab } from '../kit/Slab.tsx';
import { edgeOf } from '../kit/shapes.ts';
import { Text } from '../kit/Text.tsx';

type Outcome = 'cached' | 'changed' | 'again' | 'setting';

const LINES: readonly { line: string; outcome: Outcome }[] = [
  { line: 'FROM debian', outcome: 'cached' },
  { line: 'RUN apt-get … python3', outcome: 'cached' },
  { line: 'COPY app.py .', outcome: 'changed' },
  { line: 'RUN python3 -m …', outcome: 'again' },
  { line: 'CMD python3 app.py', outcome: 'setting' },
];
/** The first line whose input is not what it was. */
const CHANGED = LINES.findIndex(({ outcome }) => outcome === 'changed');
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
      {LINES.map(({ line, outcome }, index) => {
        const y = 30 + index * ROW;
        const isChanged = outcome === 'changed';
        return (
          <g key={line}>
            {isChanged && <rect x={0} y={y} width={186} height={28} rx={4} fill="var(--near-wash)" />}
            <Text x={8} y={y + 18.5} as="code" className={isChanged ? 'd-strong' : undefined}>
              {line}
            </Text>
            {outcome === 'setting' ? (
              <Text x={224} y={y + 18.5}>
                {t.setting}
              </Text>
            ) : (
              <Layer y={y} outcome={outcome} label={t[outcome]} />
            )}
          </g>
        );
      })}
      <path d={`M0 ${below}h360`} stroke="var(--near)" strokeDasharray="4 3" className="d-sharp" />
    </>
  );
}

/** The layer that a line has made; `changed` is built as `again` is. */
function Layer({ y, outcome, label }: { y: number; outcome: Outcome; label: string }) {
  const family = outcome === 'cached' ? 1 : 2;
  return (
    <>
      <path d={`M188 ${y + 14.5}h26`} stroke="var(--line-2)" className="d-sharp" />
      <Slab x={216.5} y={y + 0.5} w={143} h={28} family={family} label={label} />
      {outcome === 'cached' ? (
        <path d={`M340 ${y + 15}l4 4 7-9`} fill="none" stroke={edgeOf(family)} strokeWidth="1.75" />
      ) : (
        <path
          d={`M350.5 ${y + 11}a5.5 5.5 0 1 0 1 5M352 ${y + 8}v4.5h-4.5`}
          fill="none"
          stroke={edgeOf(family)}
          strokeWidth="1.5"
        />
      )}
    </>
  );
}
