/** The states of a container as outlines, with the commands on the arrows between them. */
import type { DiagramWords } from '#app/_lib/i18n/en-diagrams.ts';
import { Arrow } from '../kit/Arrow.tsx';
import { Box } from '../kit/Box.tsx';
import { Slab } from '../kit/Slab.tsx';
import { Text } from '../kit/Text.tsx';

const WIDTH = 108;
const HEIGHT = 48;

export function LifeCycle({ t }: { t: DiagramWords['life-cycle'] }) {
  const box = { w: WIDTH, h: HEIGHT };
  return (
    <>
      <Slab x={0.5} y={8.5} w={WIDTH} h={30} family={1} label={t.image} as="name" />
      <Box {...box} x={216} y={1} state="created" label={t.created} written={{ h: 16, family: 1 }} />
      <Box {...box} x={216} y={116} label={t.running} written={{ h: 16, family: 1 }} />
      <Box {...box} x={1} y={116} state="paused" label={t.paused} written={{ h: 16, family: 1 }} />
      <Box {...box} x={216} y={231} state="exited" label={t.exited} written={{ h: 16, family: 1 }} />
      <Box {...box} x={1} y={231} state="removed" label={t.removed} />

      <Arrow points="110 24, 214 24" />
      <Text x={162} y={17} at="middle" as="code">
        create
      </Text>
      <Arrow points="270 50, 270 114" />
      <Text x={280} y={86} as="code">
        start
      </Text>
      <Arrow points="60 39, 60 82, 238 82, 238 114" />
      <Text x={148} y={75} at="middle" as="code">
        run
      </Text>

      <Arrow points="215 131, 111 131" />
      <Text x={162} y={124} at="middle" as="code">
        pause
      </Text>
      <Arrow points="110 149, 214 149" />
      <Text x={162} y={165} at="middle" as="code">
        unpause
      </Text>

      <Arrow points="242 165, 242 229" />
      <Text x={232} y={192} at="end" as="code">
        stop, kill
      </Text>
      <Text x={232} y={209} at="end">
        {t.ends}
      </Text>
      <Arrow points="298 230, 298 166" />
      <Text x={308} y={192} as="code">
        start
      </Text>
      <Text x={308} y={209} as="code">
        restart
      </Text>

      <Arrow points="215 255, 111 255" />
      <Text x={162} y={248} at="middle" as="code">
        rm
      </Text>
    </>
  );
}
