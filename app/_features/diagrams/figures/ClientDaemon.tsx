/** One client and two daemons: near through the socket, far over TCP. */
import type { DiagramWords } from '#app/_lib/i18n/en-diagrams.ts';
import { Arrow } from '../kit/Arrow.tsx';
import { Dock } from '../kit/Dock.tsx';
import { Part } from '../kit/Part.tsx';
import { Text } from '../kit/Text.tsx';

export function ClientDaemon({ t }: { t: DiagramWords['client-daemon'] }) {
  return (
    <>
      <Dock x={0.5} y={0.5} w={359} h={132} title="node1" />
      <Text x={10} y={42}>
        {t.client}
      </Text>
      <Text x={350} y={42} at="end">
        {t.daemon}
      </Text>
      <Part x={10.5} y={50.5} w={76} h={30} label="docker" />
      <Part x={42.5} y={90.5} w={44} h={30} label="curl" />
      <Part x={266.5} y={50.5} w={83} h={70} label="dockerd" />
      <Arrow points="87 65, 264 65" />
      <Arrow points="87 105, 264 105" />
      <Text x={176} y={83} at="middle" as="code">
        /var/run/docker.sock
      </Text>
      <Text x={176} y={99} at="middle">
        {t.socket}
      </Text>

      <Dock x={200.5} y={186.5} w={159} h={88} title="node2" />
      <Part x={266.5} y={222.5} w={83} h={40} label="dockerd" />
      <Arrow points="26 81, 26 242, 264 242" />
      <Text x={36} y={168}>
        {t.remote}
      </Text>
      <Text x={36} y={234} as="code">
        tcp://node2:2375
      </Text>
    </>
  );
}
