/** A service with three replicas over two machines: the manager keeps the number, every machine answers at the port. */
import type { DiagramWords } from '#app/_lib/i18n/en-diagrams.ts';
import { Arrow } from '../kit/Arrow.tsx';
import { Box } from '../kit/Box.tsx';
import { Dock } from '../kit/Dock.tsx';
import { Part } from '../kit/Part.tsx';
import { Plug, Rail } from '../kit/Rail.tsx';
import { Text } from '../kit/Text.tsx';

const NODES = [
  { x: 0, name: 'node1', tasks: ['web.1', 'web.3'] },
  { x: 190, name: 'node2', tasks: ['web.2'] },
];

export function Swarm({ t }: { t: DiagramWords['swarm'] }) {
  return (
    <>
      <Text x={0} y={13} as="name">
        {t.service}
      </Text>
      <Text x={0} y={32} as="code">
        --replicas 3 -p 8080:80
      </Text>
      {NODES.map(({ x, name, tasks }, index) => (
        <g key={name}>
          <Dock x={x + 0.5} y={76.5} w={169} h={222} />
          <Plug x={x + 28} y={76} to={108} />
          <Text x={x + 42} y={70} as="code" className="d-strong">
            8080
          </Text>
          <Text x={x + 160} y={96} at="end" as="name">
            {name}
          </Text>
          <Part x={x + 60.5} y={130.5} w={100} h={28} label={index === 0 ? t.manager : t.worker} as="name" />
          {tasks.map((task, row) => (
            <Box
              key={task}
              x={x + 11}
              y={174 + row * 60}
              w={150}
              h={50}
              label={task}
              written={{ h: 14, family: 1 }}
            />
          ))}
        </g>
      ))}
      <rect
        x={201}
        y={234}
        width={150}
        height={50}
        fill="none"
        stroke="var(--ink-3)"
        strokeDasharray="1.5 3"
      />
      <Text x={276} y={263} at="middle">
        {t.moves}
      </Text>
      <Rail x={12} w={336} y={112} />
      <Text x={44} y={104}>
        {t.mesh}
      </Text>
      <Arrow points="161 144, 248 144" both />
    </>
  );
}
