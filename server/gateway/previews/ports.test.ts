import { expect, test } from 'vitest';
import { FakeSandbox, FakeSandboxes } from '../testing/fake-rooms.ts';
import { type PortsEvent, Ports, portsOf } from './ports.ts';
import { container, FakeWorlds } from './testing/rooms.ts';

const ID = 'aaaaaaa2';

function open() {
  const sandboxes = new FakeSandboxes();
  const worlds = new FakeWorlds();
  const sandbox = new FakeSandbox(ID, 'user', null);
  for (const machine of ['node2', 'node1']) sandbox.machines.set(machine, { sandbox: ID, machine });
  sandboxes.made.set(ID, sandbox);
  const ports = new Ports({ sandboxes, worlds });
  const told: PortsEvent[] = [];
  ports.on((event) => told.push(event));
  return { sandboxes, worlds, sandbox, ports, told };
}

test('what containers publish is told when it changes, and only then', () => {
  const { worlds, ports, told } = open();
  const web = container('web', [{ hostPort: 8080 }]);
  worlds.tell(ID, 'node1', [web]);
  worlds.tell(ID, 'node1', [web]);
  worlds.tell(ID, 'node2', [container('api', [{ hostPort: 80 }])]);
  const [onFirst, onSecond] = [
    { machine: 'node1', port: 8080, container: 'web' },
    { machine: 'node2', port: 80, container: 'api' },
  ];
  expect(told.map((event) => event.ports)).toEqual([[onFirst], [onFirst, onSecond]]);
  worlds.tell(ID, 'node1', [{ ...web, state: 'exited' }]);
  expect(told.at(-1)).toEqual({ sandbox: ID, ports: [onSecond] });
  expect(ports.of(ID)).toEqual([onSecond]);
});

test('a machine that is not up publishes nothing', () => {
  const { sandboxes, sandbox, worlds, told } = open();
  worlds.tell(ID, 'node1', [container('web', [{ hostPort: 8080 }])]);
  sandbox.machines.clear();
  sandboxes.events.emit({ type: 'changed', sandbox });
  expect(told.at(-1)).toEqual({ sandbox: ID, ports: [] });
});

test('only what a browser can come to counts', () => {
  const { worlds } = open();
  worlds.tell(ID, 'node1', [
    container('db', [{ hostPort: 5432, hostIp: '127.0.0.1' }]),
    container('dns', [{ hostPort: 53, protocol: 'udp' }]),
    container('soon', [{ hostPort: null }]),
    container('ended', [{ hostPort: 81 }], 'exited'),
    container('web', [{ hostPort: 443 }, { hostPort: 80 }, { hostPort: 80 }]),
  ]);
  expect(portsOf('node1', worlds.get(ID, 'node1')).map(({ port }) => port)).toEqual([80, 443]);
  const many = Array.from({ length: 100 }, (_, index) => ({ hostPort: index + 1 }));
  worlds.tell(ID, 'node1', [container('many', many)]);
  expect(portsOf('node1', worlds.get(ID, 'node1'))).toHaveLength(40);
  expect(portsOf('node1', null)).toEqual([]);
});
