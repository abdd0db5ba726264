import { expect, test } from 'vitest';
import { taskState } from '#server/gateway/testing/fake-rooms.ts';
import { CLASS, Looker, openLiveRoom } from './testing/live-room.ts';

const SECOND_MS = 1000;

test('while nobody looks nothing is listened to, and no terminal is read', async () => {
  const room = await openLiveRoom();
  room.join('ada');
  const { live } = await room.start();
  const listeners = () =>
    [room.tasks, room.terminals, room.sandboxes].map((one) =>
      'commands' in one ? one.commands.size : one.events.size,
    );
  const before = listeners();
  const sandbox = await room.openSandbox('user-ada');
  room.terminals.print(sandbox, '$ ');
  await room.clock.advance(5 * SECOND_MS);
  expect(room.terminals.reads).toBe(0);
  const looker = new Looker();
  const place = live.walls.open(room.row(), looker);
  await room.clock.advance(2 * SECOND_MS);
  expect(room.terminals.reads).toBe(1);
  expect(listeners()).not.toEqual(before);
  place[Symbol.dispose]();
  const told = looker.messages.length;
  room.terminals.print(sandbox, 'ls');
  room.typed(sandbox, 'ls');
  await room.clock.advance(60 * SECOND_MS);
  expect([listeners(), room.terminals.reads, looker.messages.length]).toEqual([before, 1, told]);
  expect(room.errors).toEqual([]);
});

test('what changes is gathered, and only what changed is sent', async () => {
  const room = await openLiveRoom();
  for (const name of ['ada', 'bob', 'eve']) room.join(name);
  const { live } = await room.start();
  const [ada, bob] = [await room.openSandbox('user-ada'), await room.openSandbox('user-bob')];
  const looker = new Looker();
  live.walls.open(room.row(), looker);
  await room.clock.advance(0);
  expect(looker.types).toEqual(['all']);
  for (let count = 1; count <= 50; count++) {
    room.typed(ada, `docker ps ${count}`, 1);
    await room.clock.advance(1);
  }
  room.typed(bob, 'docker images');
  await room.clock.advance(250);
  expect(looker.types).toEqual(['all', 'tiles']);
  expect(looker.messages[1]).toMatchObject({ tiles: [{ name: 'ada' }, { name: 'bob' }] });
  expect(looker.tile('ada')?.command).toMatchObject({ line: 'docker ps 50', exitCode: 1 });
  room.tasks.events.emit({ sandbox: ada.id, task: taskState() });
  await room.clock.advance(250);
  expect(looker.types).toEqual(['all', 'tiles']);
});

test('a second wall of the class gets everything at once, and both go on', async () => {
  const room = await openLiveRoom();
  room.join('ada');
  const { live } = await room.start();
  const sandbox = await room.openSandbox('user-ada');
  const [one, two] = [new Looker(), new Looker()];
  live.walls.open(room.row(), one);
  await room.clock.advance(0);
  room.typed(sandbox, 'ls');
  await room.clock.advance(250);
  room.typed(sandbox, 'ls');
  live.walls.open(room.row(), two);
  await room.clock.advance(0);
  expect(two.types).toEqual(['all']);
  expect(two.tile('ada')?.command?.line).toBe('ls');
  room.typed(sandbox, 'pwd');
  await room.clock.advance(250);
  expect([one, two].map((looker) => looker.tile('ada')?.command?.line)).toEqual(['pwd', 'pwd']);
});

test('what happens while a wall is read is on it', async () => {
  const room = await openLiveRoom();
  room.join('ada');
  const { live } = await room.start();
  const sandbox = await room.openSandbox('user-ada');
  const gate = Promise.withResolvers<void>();
  room.tasks.gate = gate.promise;
  const looker = new Looker();
  live.walls.open(room.row(), looker);
  await room.clock.advance(1);
  room.typed(sandbox, 'docker run hello-world');
  gate.resolve();
  await room.clock.advance(0);
  expect(looker.tile('ada')?.command?.line).toBe('docker run hello-world');
});

test('the end of the terminal is shown at most once a second, as plain text', async () => {
  const room = await openLiveRoom();
  room.join('ada');
  const { live } = await room.start();
  const sandbox = await room.openSandbox('user-ada');
  const looker = new Looker();
  live.walls.open(room.row(), looker);
  for (let count = 0; count < 30; count++) {
    room.terminals.print(sandbox, `line \u001b[31m${count}\u0007\r\n`);
    await room.clock.advance(100);
  }
  await room.clock.advance(SECOND_MS);
  expect(room.terminals.reads).toBeLessThanOrEqual(5);
  expect(looker.tile('ada')?.screen).toEqual(['line 26', 'line 27', 'line 28', 'line 29']);
});

test('a secret that is blotted out of commands is not read off the screen', async () => {
  const room = await openLiveRoom();
  room.join('ada');
  const { live } = await room.start();
  const sandbox = await room.openSandbox('user-ada');
  room.terminals.print(sandbox, '$ docker run -e MYSQL_ROOT_PASSWORD=hunter2 mysql\r\n$ ');
  const looker = new Looker();
  live.walls.open(room.row(), looker);
  await room.clock.advance(0);
  expect(looker.tile('ada')?.screen).toEqual(['$ docker run -e MYSQL_ROOT_PASSWORD=*** mysql', '$']);
});

test('the score rises by time alone for who is here, and falls for who has gone', async () => {
  const room = await openLiveRoom();
  room.join('ada');
  const { live } = await room.start();
  const sandbox = await room.openSandbox('user-ada');
  const looker = new Looker();
  live.walls.open(room.row(), looker);
  for (let minute = 0; minute < 18; minute++) {
    room.typed(sandbox, `docker ps ${minute}`);
    await room.clock.advance(60 * SECOND_MS);
  }
  expect(looker.tile('ada')?.stuck).toMatchObject({ reasons: [{ kind: 'no_progress', minutes: 17 }] });
  expect(looker.tile('ada')?.stuck.score).toBeGreaterThanOrEqual(50);
  sandbox.present = 0;
  room.sandboxes.events.emit({ type: 'presence', sandbox });
  await room.clock.advance(250);
  expect(looker.tile('ada')).toMatchObject({ presence: 'away', stuck: { score: 0, reasons: [] } });
});

test('what a learner does outside the class is not on its wall; the playground is', async () => {
  const room = await openLiveRoom();
  room.join('ada');
  const { live } = await room.start();
  const elsewhere = await room.openSandbox('user-ada', { course: 'basics', lesson: 'other' });
  const looker = new Looker();
  live.walls.open(room.row(), looker);
  room.typed(elsewhere, 'secret');
  await room.clock.advance(SECOND_MS);
  expect(looker.tile('ada')).toMatchObject({ presence: 'away', sandbox: null, command: null });
  const playground = await room.openSandbox('user-ada', null);
  room.typed(playground, 'docker ps');
  await room.clock.advance(SECOND_MS);
  expect(looker.tile('ada')).toMatchObject({
    presence: 'here',
    lesson: null,
    command: { line: 'docker ps' },
  });
  expect(JSON.stringify(looker.messages)).not.toContain('secret');
});

test('who was announced has a tile, and the class and its host are told as they change', async () => {
  const room = await openLiveRoom();
  room.join('zoe', null);
  const { classes, live } = await room.start();
  const looker = new Looker();
  live.walls.open(classes.get(CLASS)!, looker);
  await room.clock.advance(0);
  expect(looker.tile('zoe')).toMatchObject({ presence: 'never', tasks: [], stuck: { score: 0 } });
  await classes.pause({ id: 'ines', name: 'ines', role: 'instructor' }, CLASS, true);
  await room.clock.advance(0);
  expect(looker.messages.at(-1)).toMatchObject({ type: 'class', class: { paused: true } });
  await classes.remove({ id: 'ines', name: 'ines', role: 'instructor' }, CLASS);
  expect(looker.closed).toBe(true);
});

test('two hundred who type, and whose terminals run, cost far less than half a core', async () => {
  const room = await openLiveRoom();
  const names = Array.from({ length: 200 }, (_, index) => `l${index}`);
  for (const name of names) room.join(name);
  const { live } = await room.start();
  const sandboxes = [];
  for (const name of names) sandboxes.push(await room.openSandbox(`user-${name}`));
  const looker = new Looker();
  looker.parses = false;
  live.walls.open(room.row(), looker);
  await room.clock.advance(SECOND_MS);
  looker.parses = true;
  const seconds = 10;
  const screenful = `${'x'.repeat(70)}\r\n`.repeat(20);
  let worked = 0;
  for (let second = 0; second < seconds; second++) {
    for (const sandbox of sandboxes) room.terminals.print(sandbox, `${second} ${screenful}`);
    const before = process.cpuUsage();
    for (const sandbox of sandboxes) {
      room.typed(sandbox, `docker run -d -p 8080:80 nginx ${second}`, second % 2);
      room.tasks.events.emit({ sandbox: sandbox.id, task: taskState({ near: second % 2 === 1 }) });
    }
    looker.parses = false;
    for (let tick = 0; tick < 4; tick++) await room.clock.advance(250);
    const { user, system } = process.cpuUsage(before);
    worked += (user + system) / 1000;
    looker.parses = true;
  }
  expect(worked / seconds).toBeLessThan(250);
  expect(looker.bytes).toBeGreaterThan(200 * seconds * 100);
  // And the last command of the last learner is there within a second.
  room.typed(sandboxes.at(-1)!, 'the last one');
  await room.clock.advance(SECOND_MS);
  expect(looker.tile('l199')?.command?.line).toBe('the last one');
  expect(room.errors).toEqual([]);
});
