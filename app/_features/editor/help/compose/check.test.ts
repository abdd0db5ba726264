import { expect, test } from 'vitest';
import { composeHelp } from './compose.ts';

const check = (text: string, isWhole = true) => composeHelp.check(text, { isWhole });
/** Code, line, column, what is marked, what was meant. */
function told(text: string, isWhole = true) {
  const lines = text.split('\n');
  return check(text, isWhole).findings.map(({ code, span: { start, end }, near }) => {
    const marked = start.line === end.line ? lines[start.line]!.slice(start.character, end.character) : '…';
    return [code, start.line, marked, near];
  });
}

test('a sound file has no problems', () => {
  const text = `
x-base: &base
  restart: always
services:
  web:
    <<: *base
    build: .
    ports:
    - "8080:80"
    - 9090
    environment: { A: 1, B: , C: true }
    depends_on: { store: { condition: service_started } }
    user: \${USER_ID}
  store:
    image: redis
    volumes: ["visits:/data", "./here:/there", "/anonymous"]
    networks: [default, back]
volumes:
  visits:
networks: { back: { internal: true } }
`;
  expect(told(text)).toEqual([]);
});

// Each of these is refused by the machines' docker-compose 2.26.1 in the same place.
test.each([
  ['service:\n  web:\n    image: nginx\n', ['unknown-key', 0, 'service', 'services']],
  ['services:\n  web:\n    image: nginx\n    portz: [80]\n', ['unknown-key', 3, 'portz', 'ports']],
  ['services:\n  we b:\n    image: nginx\n', ['bad-name', 1, 'we b', null]],
  ['version: 3.8\n', ['wrong-type', 0, '3.8', null]],
  ['services:\n', ['wrong-type', 0, 'services', null]],
  ['services:\n  web:\n', ['wrong-type', 1, 'web', null]],
  ['services:\n  web:\n    image:\n', ['wrong-type', 2, 'image', null]],
  ['services:\n  web:\n    image: nginx\n    ports: 80:80\n', ['wrong-type', 3, '80:80', null]],
  ['services:\n  web:\n    image: nginx\n    user: 1000\n', ['wrong-type', 3, '1000', null]],
  ['services:\n  web:\n    image: nginx\n    pull_policy: alway\n', ['not-one-of', 3, 'alway', 'always']],
  ['services:\n  web:\n    image: nginx\n    oom_score_adj: 2000\n', ['too-large', 3, '2000', null]],
  ['services:\n  web:\n    image: nginx\n    cpu_count: -1\n', ['too-small', 3, '-1', null]],
  ['services:\n  web:\n    ports: ["80"]\n', ['nothing-to-run', 1, 'web', null]],
  ['services:\n  web:\n    image: nginx\n    image: httpd\n', ['yaml.DUPLICATE_KEY', 3, 'image', null]],
  ['services:\n\tweb:\n    image: nginx\n', ['yaml.TAB_AS_INDENT', 1, '\t', null]],
  [
    'services:\n  web:\n    image: nginx\n    volumes:\n      - source: x\n',
    ['missing-key', 4, 'source', null],
  ],
])('%j is told', (text, expected) => {
  expect(told(text)).toEqual([expected]);
});

test('what is listed twice is a warning: compose does not mind', () => {
  const text = 'services:\n  web:\n    image: nginx\n    ports: ["80", "80"]\n';
  expect(told(text)).toEqual([['twice', 3, '"80"', null]]);
  expect(check(text).findings[0]!.severity).toBe('warning');
});

const using = (rest: string, top = '') => `services:\n  web:\n    image: nginx\n${rest}${top}`;

test.each([
  ['    depends_on: [wbe]\n', 'undeclared-services', 'web'],
  ['    depends_on:\n      db:\n        condition: service_healthy\n', 'undeclared-services', null],
  ['    networks: [front]\n', 'undeclared-networks', null],
  ['    networks: { front: { aliases: [a] } }\n', 'undeclared-networks', null],
  ['    volumes: ["data:/data"]\n', 'undeclared-volumes', null],
  ['    volumes: [{ type: volume, source: data, target: /data }]\n', 'undeclared-volumes', null],
  ['    secrets: [key]\n', 'undeclared-secrets', null],
  ['    configs: [{ source: site }]\n', 'undeclared-configs', null],
])('what %j names must be in the file', (text, code, near) => {
  expect(told(using(text)).map((one) => [one[0], one[3]])).toEqual([[code, near]]);
  // Not so in a file that is laid over another, or that takes others in.
  expect(told(using(text), false)).toEqual([]);
  expect(told(using(text, 'include: [other.yaml]\n'))).toEqual([]);
});

test('images are those that are pulled', () => {
  const text =
    'services:\n  a:\n    image: nginx\n  b:\n    image: mine\n    build: .\n  c:\n    image: ${IMAGE}\n';
  expect(check(text).images).toEqual([
    { name: 'nginx', span: { start: { line: 2, character: 11 }, end: { line: 2, character: 16 } } },
  ]);
});

test('aliases that multiply, and nesting without end, are no trouble', () => {
  const bomb = `a: &a [x, x]\n${'bcdefghijk'
    .split('')
    .map((name, index) => `${name}: &${name} [*${'abcdefghij'[index]}, *${'abcdefghij'[index]}]`)
    .join('\n')}\n`;
  expect(check(bomb).findings.length).toBeGreaterThan(0);
  const many = Array.from({ length: 300 }, (_, index) => `k${index}: 1\n`).join('');
  expect(check(many).findings).toHaveLength(100);
});

test('an empty file, and one of comments, has nothing wrong yet', () => {
  expect(told('')).toEqual([]);
  expect(told('# later\n')).toEqual([]);
});
