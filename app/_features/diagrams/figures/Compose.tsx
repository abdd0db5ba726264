/** A file that says what is wanted, and what `docker compose up` makes of it. */
import type { DiagramWords } from '#app/_lib/i18n/en-diagrams.ts';
import { Arrow } from '../kit/Arrow.tsx';
import { Box } from '../kit/Box.tsx';
import { Dock } from '../kit/Dock.tsx';
import { Drum } from '../kit/Drum.tsx';
import { Knot, Plug, Rail } from '../kit/Rail.tsx';
import { Text } from '../kit/Text.tsx';

const FILE = [
  'services:',
  '  web:',
  '    build: .',
  '    ports: ["8080:80"]',
  '  redis:',
  '    image: redis',
  '    volumes: [data:/data]',
  'volumes:',
  '  data:',
];

export function Compose({ t }: { t: DiagramWords['compose'] }) {
  return (
    <>
      <Text x={0} y={13} as="name">
        compose.yaml
      </Text>
      <rect x={0} y={22} width={200} height={176} rx={4} fill="var(--well)" />
      {FILE.map((line, index) => (
        <text key={line} x={12} y={44 + index * 18} className="d-code" xmlSpace="preserve">
          {line}
        </text>
      ))}
      <Arrow points="204 108, 252 108, 252 226" />
      <Text x={212} y={99} as="code">
        docker compose up
      </Text>

      <Dock x={0.5} y={228.5} w={359} h={164} />
      <Text x={350} y={248} at="end">
        {t.project}
      </Text>
      <Plug x={40} y={228} to={300} />
      <Text x={56} y={224} as="code" className="d-strong">
        8080
      </Text>
      <Rail x={12} w={336} y={268} />
      <Text x={122} y={260} as="code">
        shop_default
      </Text>
      <Box x={13} y={302} w={118} h={56} label="shop-web-1" written={{ h: 12, family: 2 }} />
      <Box x={143} y={302} w={118} h={56} label="shop-redis-1" written={{ h: 12, family: 4 }} />
      <Knot x={84} y={268} to={302} />
      <Knot x={202} y={268} to={302} />
      <path d="M261 332.5h20" stroke="var(--ink)" className="d-sharp" />
      <rect x={258} y={322} width={6} height={21} fill="var(--ink)" className="d-sharp" />
      <Drum x={279} y={304} w={72} h={54} label="shop_data" />
      <Text x={12} y={381}>
        {t.names}
      </Text>
    </>
  );
}
