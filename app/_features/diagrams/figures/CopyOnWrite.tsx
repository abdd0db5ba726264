/** A union of layers, looked at from above: the topmost file of each name is the one that is seen. */
import type { DiagramWords } from '#app/_lib/i18n/en-diagrams.ts';
import { Arrow } from '../kit/Arrow.tsx';
import { Waterline } from '../kit/Dock.tsx';
import { Hatch } from '../kit/Hatch.tsx';
import { Slab } from '../kit/Slab.tsx';
import { Text } from '../kit/Text.tsx';
import { edgeOf, fillOf } from '../kit/shapes.ts';

/** The left edge of each file's column. */
const COLUMNS = { a: 106, b: 169, c: 232, new: 295 };
type Column = keyof typeof COLUMNS;
const SIDE = 54;
const ROWS = { seen: 8, written: 86, image: 178 };

export function CopyOnWrite({ t }: { t: DiagramWords['copy-on-write'] }) {
  return (
    <>
      <RowLabel y={ROWS.seen} lines={[t.seen, t.seenBy]} />
      <rect
        x="98"
        y={ROWS.seen - 7}
        width="261"
        height="44"
        fill="var(--panel)"
        stroke="var(--ink)"
        strokeWidth="1.5"
      />
      <RowLabel y={ROWS.written} lines={[t.writable, t.layer]} />
      <rect x="98.5" y={ROWS.written - 6.5} width="260" height="43" fill="var(--panel)" stroke={edgeOf(1)} />
      <Hatch x={99} y={ROWS.written - 6} w={259} h={42} family={1} />
      <Waterline x={0} w={360} y={151.5} mark={8} />
      <RowLabel y={ROWS.image} lines={[t.image, t.readOnly]} />
      <Slab x={98.5} y={ROWS.image - 6.5} w={260} h={43} family={1} />

      <Sight column="a" from={ROWS.image} />
      <Sight column="b" from={ROWS.written} />
      <Sight column="new" from={ROWS.written} />
      <path d={`M${COLUMNS.c + SIDE / 2} ${ROWS.image}v-${ROWS.image - ROWS.written - 32}`} {...DOTS} />

      <File column="a" y={ROWS.seen} />
      <File column="b" y={ROWS.seen} changed />
      <File column="new" y={ROWS.seen} changed />
      <File column="b" y={ROWS.written} changed />
      <Whiteout column="c" y={ROWS.written} />
      <File column="new" y={ROWS.written} changed />
      {(['a', 'b', 'c'] as const).map((column) => (
        <File key={column} column={column} y={ROWS.image} />
      ))}
      <Arrow
        points={`${COLUMNS.b + SIDE / 2} ${ROWS.image}, ${COLUMNS.b + SIDE / 2} ${ROWS.written + 32}`}
        stroke="var(--ink)"
      />

      <Note column="b" y={141} text={t.copied} />
      <Note column="c" y={63} text={t.deleted} />
      <Note column="new" y={63} text={t.fresh} />
    </>
  );
}

const DOTS = { stroke: 'var(--ink-3)', strokeDasharray: '1.5 3' };

/** From the file up to where it is seen. */
function Sight({ column, from }: { column: Column; from: number }) {
  return <path d={`M${COLUMNS[column] + SIDE / 2} ${from}V${ROWS.seen + 30}`} {...DOTS} />;
}

function RowLabel({ y, lines }: { y: number; lines: [string, string] }) {
  return (
    <>
      <Text x={0} y={y + 11} as="name">
        {lines[0]}
      </Text>
      <Text x={0} y={y + 28}>
        {lines[1]}
      </Text>
    </>
  );
}

function Note({ column, y, text }: { column: Column; y: number; text: string }) {
  return (
    <Text x={COLUMNS[column] + SIDE / 2} y={y} at="middle" halo>
      {text}
    </Text>
  );
}

function File({ column, y, changed = false }: { column: Column; y: number; changed?: boolean }) {
  return (
    <>
      <rect
        x={COLUMNS[column] + 0.5}
        y={y + 0.5}
        width={SIDE}
        height="29"
        className="d-sharp"
        fill={changed ? fillOf(2) : 'var(--panel)'}
        stroke={edgeOf(changed ? 2 : 1)}
      />
      <Text x={COLUMNS[column] + SIDE / 2} y={y + 19} at="middle" as="code">
        {column}
      </Text>
    </>
  );
}

/** What overlayfs leaves where a file of a lower layer was deleted. */
function Whiteout({ column, y }: { column: Column; y: number }) {
  const x = COLUMNS[column];
  return (
    <>
      <rect
        x={x + 0.5}
        y={y + 0.5}
        width={SIDE}
        height="29"
        className="d-sharp"
        fill="var(--panel)"
        stroke="var(--ink-3)"
      />
      <path
        d={`M${x + 22} ${y + 10}l10 10M${x + 32} ${y + 10}l-10 10`}
        stroke="var(--ink)"
        strokeWidth="1.5"
      />
    </>
  );
}
