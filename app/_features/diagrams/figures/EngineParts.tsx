/** From the command to the process: which program starts which, and which of them stays. */
import type { DiagramWords } from '#app/_lib/i18n/en-diagrams.ts';
import { Arrow } from '../kit/Arrow.tsx';
import { Box } from '../kit/Box.tsx';
import { Part } from '../kit/Part.tsx';
import { Text } from '../kit/Text.tsx';

const STEPS = [
  { name: 'docker', key: 'cli' },
  { name: 'dockerd', key: 'dockerd' },
  { name: 'containerd', key: 'containerd' },
] as const;

export function EngineParts({ t }: { t: DiagramWords['engine-parts'] }) {
  return (
    <>
      {STEPS.map(({ name, key }, index) => (
        <g key={name}>
          <Part x={0.5} y={index * 60 + 0.5} w={132} h={34} label={name} />
          <Text x={146} y={index * 60 + 22}>
            {t[key]}
          </Text>
        </g>
      ))}
      <Arrow points="66 35, 66 59" />
      <Arrow points="66 95, 66 119" />
      <Text x={76} y={52}>
        HTTP
      </Text>
      <Text x={76} y={112}>
        gRPC
      </Text>

      <Arrow points="66 155, 66 190" />
      <Arrow points="66 172, 250 172, 250 190" />
      {[0, 186].map((x, index) => (
        <g key={x}>
          <Part x={x + 0.5} y={190.5} w={132} h={30} label="containerd-shim" />
          <Arrow points={`${x + 40} 221, ${x + 40} 274`} />
          <Part x={x + 62.5} y={233.5} w={70} h={26} label="runc" dashed />
          <Arrow points={`${x + 97} 221, ${x + 97} 233`} dashed />
          <Arrow points={`${x + 97} 260, ${x + 97} 274`} dashed />
          <Box
            x={x + 1}
            y={275}
            w={132}
            h={50}
            label={index === 0 ? 'web' : 'db'}
            written={{ h: 14, family: index === 0 ? 1 : 2 }}
          />
        </g>
      ))}
      <Text x={0} y={350} as="code">
        containerd-shim
      </Text>
      <Text x={118} y={350}>
        {t.shim}
      </Text>
      <Text x={0} y={370} as="code">
        runc
      </Text>
      <Text x={118} y={370}>
        {t.runc}
      </Text>
    </>
  );
}
