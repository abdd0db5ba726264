/** Virtual machines and containers side by side: what each one brings, and what they share. */
import type { DiagramWords } from '#app/_lib/i18n/en-diagrams.ts';
import { Slab } from '../kit/Slab.tsx';
import { Text } from '../kit/Text.tsx';
import { type Family } from '../kit/shapes.ts';

const FAMILIES: readonly Family[] = [1, 2, 4];

export function ContainerVsVm({ t }: { t: DiagramWords['container-vs-vm'] }) {
  return (
    <>
      <Text x={0} y={12} as="name">
        {t.vms}
      </Text>
      {[0, 1].map((index) => {
        const x = index * 87 + 0.5;
        return (
          <g key={index}>
            <rect
              x={x - 0.5}
              y={24}
              width={82}
              height={152}
              fill="none"
              stroke="var(--ink)"
              strokeWidth="1.5"
            />
            <Slab x={x + 4} y={28.5} w={73} h={26} family={FAMILIES[index]!} label={t.app} />
            <Slab x={x + 4} y={57.5} w={73} h={26} family={FAMILIES[index]!} label={t.libraries} />
            <Slab x={x + 4} y={86.5} w={73} h={86} family={FAMILIES[index]!} />
            <Text x={x + 8} y={126} className="d-on-fill">
              {t.guest}
            </Text>
            <Text x={x + 8} y={151} className="d-on-fill">
              {t.kernel}
            </Text>
          </g>
        );
      })}
      <Slab x={0.5} y={180.5} w={168} h={26} family="stone" label={t.hypervisor} />
      <Slab x={0.5} y={210.5} w={168} h={26} family="stone" label={t.host} />
      <Slab x={0.5} y={240.5} w={168} h={26} family="stone" label={t.hardware} />
      <Text x={0} y={288}>
        {t.boots}
      </Text>

      <Text x={190} y={12} as="name">
        {t.containers}
      </Text>
      {FAMILIES.map((family, index) => {
        const x = 190.5 + index * 58;
        return (
          <g key={family}>
            <rect
              x={x - 0.5}
              y={115}
              width={53}
              height={61}
              fill="none"
              stroke="var(--ink)"
              strokeWidth="1.5"
            />
            <Slab x={x + 3} y={118.5} w={46} h={26} family={family} label={t.app} />
            <Slab x={x + 3} y={147.5} w={46} h={26} family={family} label={t.libraries} />
          </g>
        );
      })}
      <Slab x={190.5} y={180.5} w={169} h={26} family="stone" label={t.engine} />
      <Slab x={190.5} y={210.5} w={169} h={26} family="stone" label={t.host} />
      <Slab x={190.5} y={240.5} w={169} h={26} family="stone" label={t.hardware} />
      <Text x={190} y={288}>
        {t.starts}
      </Text>
    </>
  );
}
