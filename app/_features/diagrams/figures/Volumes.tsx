/** Where bytes live: in the container's own layer, in a volume, in a folder of the host, in memory. */
import type { DiagramWords } from '#app/_lib/i18n/en-diagrams.ts';
import { Box } from '../kit/Box.tsx';
import { Dock, Props } from '../kit/Dock.tsx';
import { Drum } from '../kit/Drum.tsx';
import { Slab } from '../kit/Slab.tsx';
import { Text } from '../kit/Text.tsx';

export function Volumes({ t }: { t: DiagramWords['volumes'] }) {
  return (
    <>
      <Box x={1} y={1} w={110} h={222} label="web" written={{ h: 36, family: 1 }} />
      <Text x={10} y={178}>
        {t.own}
      </Text>
      <Props x={1} w={110} y={224} h={16} family={1} />
      <Slab x={1.5} y={240.5} w={109} h={28} family={1} label="nginx" />
      <Dock x={0.5} y={268.5} w={359} h={0} />

      <Mount y={38} option="-v data:/data" note={t.volume} />
      <Drum x={266} y={8} w={93} h={60} label="data" />
      <Mount y={108} option="-v /srv:/html" note={t.folder} />
      <path d="M266 82h24l6 8h63v36h-93z" fill="var(--panel)" stroke="var(--ink)" strokeWidth="1.5" />
      <Text x={312} y={113} at="middle" as="code">
        /srv
      </Text>
      <Mount y={164} option="--tmpfs /tmp" note={t.notOnDisk} />
      <rect
        x={266.5}
        y={144.5}
        width={92}
        height={38}
        fill="none"
        stroke="var(--ink)"
        strokeDasharray="1.5 3"
      />
      <Text x={312} y={168} at="middle" as="name">
        {t.memory}
      </Text>
    </>
  );
}

/** A thick bar where it enters the container, with the option that asked for it on the line. */
function Mount({ y, option, note }: { y: number; option: string; note: string }) {
  return (
    <>
      <path d={`M111 ${y + 0.5}h155`} stroke="var(--ink)" className="d-sharp" />
      <rect x={108} y={y - 10} width={6} height={21} fill="var(--ink)" className="d-sharp" />
      <Text x={124} y={y - 7} as="code">
        {option}
      </Text>
      <Text x={124} y={y + 17}>
        {note}
      </Text>
    </>
  );
}
