/** Registry, repository, tag, digest: what a name says, who pushes and who pulls. */
import type { DiagramWords } from '#app/_lib/i18n/en-diagrams.ts';
import { Arrow } from '../kit/Arrow.tsx';
import { Dock } from '../kit/Dock.tsx';
import { Part } from '../kit/Part.tsx';
import { fillOf, type Family, edgeOf } from '../kit/shapes.ts';
import { Text } from '../kit/Text.tsx';

export function Registry({ t }: { t: DiagramWords['registry'] }) {
  return (
    <>
      <Text x={0} y={13} as="code">
        registry:5000
      </Text>
      <Text x={102} y={13} as="code">
        /
      </Text>
      <Text x={118} y={13} as="code">
        team/web
      </Text>
      <Text x={183} y={13} as="code">
        :
      </Text>
      <Text x={198} y={13} as="code">
        v2
      </Text>
      <path d="M0 20.5h94M118 20.5h58M198 20.5h30" stroke="var(--ink)" className="d-sharp" />
      <Text x={0} y={37}>
        {t.registry}
      </Text>
      <Text x={118} y={37}>
        {t.repository}
      </Text>
      <Text x={198} y={37}>
        {t.tag}
      </Text>

      <Dock x={0.5} y={58.5} w={359} h={150} />
      <Text x={10} y={78} as="name">
        {t.registry}
      </Text>
      <Text x={350} y={78} at="end" as="code">
        registry:5000
      </Text>
      <Repository
        x={10}
        name="team/web"
        tags={[
          ['latest', 0.5],
          ['v2', 0.5],
          ['v1', 2],
        ]}
        images={{ '9f2c…': 0.5, '41aa…': 2 }}
        family={1}
      />
      <Repository x={186} name="team/api" tags={[['v1', 0]]} images={{ 'd07e…': 0 }} family={2} />

      <Text x={343} y={191} at="end">
        {t.digest}
      </Text>

      <Part x={30.5} y={258.5} w={96} h={34} label="node1" />
      <Part x={232.5} y={258.5} w={96} h={34} label="node2" />
      <Arrow points="78 258, 78 218" />
      <Text x={88} y={242} as="code">
        push
      </Text>
      <Arrow points="280 216, 280 256" />
      <Text x={290} y={242} as="code">
        pull
      </Text>
    </>
  );
}

type RepositoryProps = {
  x: number;
  name: string;
  tags: readonly (readonly [string, number])[];
  /** Digest and row. */
  images: Readonly<Record<string, number>>;
  family: Family;
};

/** Tags at the left, each with a line to the image that it names. */
function Repository({ x, name, tags, images, family }: RepositoryProps) {
  const row = (index: number) => 122 + index * 28;
  return (
    <>
      <rect
        x={x + 0.5}
        y={92.5}
        width={164}
        height={112}
        fill="none"
        stroke="var(--line-2)"
        className="d-sharp"
      />
      <Text x={x + 8} y={109} as="code" className="d-strong">
        {name}
      </Text>
      {tags.map(([tag, image], index) => (
        <g key={tag}>
          <path
            d={`M${x + 12 + tag.length * 7.2} ${row(index) + 8.5}L${x + 98} ${row(image) + 8.5}`}
            stroke="var(--ink-3)"
          />
          <Text x={x + 8} y={row(index) + 13} as="code">
            {tag}
          </Text>
        </g>
      ))}
      {Object.entries(images).map(([digest, index]) => (
        <g key={digest}>
          <rect
            x={x + 98.5}
            y={row(index) - 2.5}
            width={58}
            height={22}
            fill={fillOf(family)}
            stroke={edgeOf(family)}
            className="d-sharp"
          />
          <Text x={x + 127} y={row(index) + 13} at="middle" as="code">
            {digest}
          </Text>
        </g>
      ))}
    </>
  );
}
