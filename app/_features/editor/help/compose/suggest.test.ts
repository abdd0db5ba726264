import { expect, test } from 'vitest';
import { composeHelp } from './compose.ts';
import type { Hints } from '../wire.ts';

/** The cursor is at the bar. */
async function offered(text: string): Promise<Hints> {
  const before = text.slice(0, text.indexOf('|')).split('\n');
  const at = { line: before.length - 1, character: before.at(-1)!.length };
  return composeHelp.hints(text.replace('|', ''), at);
}
const labels = async (text: string) => (await offered(text)).hints.map(({ label }) => label);

test('at the left edge stand the keys of the whole file, those that are there left out', async () => {
  const keys = await labels('services:\n  web:\n    image: nginx\n|');
  expect(keys).toContain('volumes');
  expect(keys).not.toContain('services');
  expect(await labels('ser|')).toContain('services');
});

test('names of services are the learner’s', async () => {
  expect(await labels('services:\n  |')).toEqual([]);
});

test('below a service stand its keys, also in a file that is no YAML yet', async () => {
  const keys = await labels('services:\n  web:\n    image: nginx\n    po|\n  store:\n    image: redis\n');
  expect(keys).toContain('ports');
  expect(keys).not.toContain('image');
  expect(await labels('services:\n  web:\n    broken: [\n    |')).toContain('ports');
});

test('a key brings what follows it', async () => {
  const { hints } = await offered('services:\n  web:\n    |');
  const insert = (label: string) => hints.find((hint) => hint.label === label)!;
  expect(insert('image')).toMatchObject({ insert: 'image: ', goesOn: true, topic: 'service.image' });
  expect(insert('ports').insert).toBe('ports:\n      - ');
  expect(insert('healthcheck').insert).toBe('healthcheck:\n      ');
  expect(insert('hostname').goesOn).toBe(false);
});

test('what is typed already is replaced', async () => {
  const { hints } = await offered('services:\n  web:\n    po|\n');
  expect(hints[0]!.span).toEqual({ start: { line: 2, character: 4 }, end: { line: 2, character: 6 } });
});

test('a key that is changed keeps its colon and its value', async () => {
  const { hints } = await offered('services:\n  web:\n    im|ge: nginx\n');
  expect(hints.find(({ label }) => label === 'image')).toMatchObject({
    insert: 'image',
    goesOn: false,
    span: { start: { line: 2, character: 4 }, end: { line: 2, character: 8 } },
  });
});

test('after image: stands an image, which only the page knows', async () => {
  expect((await offered('services:\n  web:\n    image: ngi|')).image).toEqual({
    typed: 'ngi',
    span: { start: { line: 2, character: 11 }, end: { line: 2, character: 14 } },
  });
});

test('values are those of the schema, or those that the engine knows', async () => {
  expect(await labels('services:\n  web:\n    pull_policy: |')).toContain('if_not_present');
  expect(await labels('services:\n  web:\n    restart: |')).toEqual([
    'no',
    'always',
    'on-failure',
    'unless-stopped',
  ]);
  expect(await labels('services:\n  web:\n    privileged: |')).toEqual(['true', 'false']);
  expect(await labels('services:\n  web:\n    depends_on:\n      db:\n        condition: |')).toContain(
    'service_healthy',
  );
});

const DECLARED =
  '\n  db:\n    image: redis\nvolumes:\n  data:\nnetworks:\n  back:\nsecrets:\n  key:\n    file: x\n';

test.each([
  ['    depends_on:\n      - |', ['db']],
  ['    depends_on:\n    - |', ['db']],
  ['    networks:\n      - |', ['back']],
  ['    secrets:\n      - |', ['key', 'source', 'target', 'uid', 'gid', 'mode']],
])('names that the file declares are offered in %j', async (text, names) => {
  expect(await labels(`services:\n  web:\n    image: nginx\n${text}${DECLARED}`)).toEqual(names);
});

test('of volumes the name comes with its colon', async () => {
  expect(await labels(`services:\n  web:\n    image: nginx\n    volumes:\n      - |${DECLARED}`)).toContain(
    'data:',
  );
});

test('an item of a list that is a map has keys too', async () => {
  const keys = await labels('services:\n  web:\n    ports:\n      - target: 80\n        |');
  expect(keys).toContain('published');
  expect(keys).not.toContain('target');
});

test('nothing is offered in comments, quotes and brackets', async () => {
  for (const text of ['# ser|', 'services:\n  web:\n    image: "ngi|', 'services:\n  web:\n    ports: [|'])
    expect(await offered(text)).toEqual({ hints: [], image: null });
});

test('a key is explained by its place, with what may stand there', () => {
  const text = 'services:\n  web:\n    image: nginx\n    ports:\n      - target: 80\n';
  const explain = (line: number, character: number) => composeHelp.explain(text, { line, character });
  expect(explain(2, 5)).toMatchObject({ title: 'image', topic: 'service.image', types: ['string'] });
  expect(explain(4, 9)).toMatchObject({
    title: 'target',
    topic: 'ports.target',
    types: ['integer', 'string'],
  });
  // A service's name is the learner's own; a value explains itself.
  expect(explain(1, 3)?.topic).toBeNull();
  expect(explain(2, 13)).toBeNull();
});
