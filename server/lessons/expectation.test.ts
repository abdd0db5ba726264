/** Every kind takes what authors write, and refuses what could never be judged. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { expectationSchema } from './expectation.ts';

const takes = (yaml: string) => expectationSchema.safeParse(parse(yaml)).success;

test.each([
  'container: { name: web, diff: { added: /tmp/note } }',
  'container: { user: app, readOnlyRoot: true, capAdd: [NET_ADMIN], capDrop: [ALL], outOfMemory: true }',
  "container: { command: 'sleep 300', pidMode: host, networkMode: host }",
  "image: { ref: mine, config: { cmd: nginx, entrypoint: sh, user: app, workdir: /app, env: { K: V }, label: { K: V }, ports: ['80/tcp'] } }",
  'volume: { name: data, present: false, driver: local, usedBy: db, label: { keep: "yes" } }',
  'network: { name: back, internal: true, subnet: 172.30.0.0/16, containers: [db, web] }',
  'file: { machine: node2, container: web, path: /etc/motd, contains: hello }',
  "file: { path: /root/notes, directory: true, matches: '^a+$' }",
  'http: { port: 8080, path: /, status: 200, contains: hello, header: { Server: nginx } }',
  "http: { port: '8080' }",
  'registry: { port: 5000, repository: team/web, tag: v1, present: true, auth: { user: ann, password: secret } }',
  "api: { method: POST, path: '/containers/*/start', fromCommand: docker run, count: 1 }",
  'shell: { script: test -e /run/x, prints: x, says: { en: no, zh: 否 } }',
  'answer: { number: { shell: nproc } }',
  'answer: { text: { shell: hostname, machine: node2 } }',
  'answer: { text: { containerIp: web } }',
  'answer: { text: { imageDigest: nginx } }',
  'not: { http: { port: 80 } }',
])('%s', (yaml) => {
  expect(takes(yaml)).toBe(true);
});

test.each([
  ['a path that begins nowhere', 'file: { path: etc/motd }'],
  ['a pattern that is none', "file: { path: /a, matches: '(' }"],
  ['a port that there cannot be', 'http: { port: 70000 }'],
  ['a port in words', 'http: { port: http }'],
  ['a script that tells nobody what is wrong', 'shell: { script: "false" }'],
  ['an empty diff', 'container: { diff: {} }'],
  [
    'a count of what would have to be looked for',
    'answer: { number: { containers: { diff: { added: /a } } } }',
  ],
  ['two kinds at once', 'http: { port: 80 }\nfile: { path: /a }'],
])('%s is refused', (_what, yaml) => {
  expect(takes(yaml)).toBe(false);
});

test('the examples in content/README.md are expectations', async () => {
  const guide = await readFile(join(import.meta.dirname, '../../content/README.md'), 'utf8');
  const [, list = ''] = /```yaml\nexpect:\n([\s\S]*?)```/.exec(guide) ?? [];
  const examples: unknown[] = parse(list);
  expect(examples.length).toBeGreaterThan(5);
  for (const example of examples) expect(expectationSchema.parse(example)).toBeTruthy();
  // Inline ones: `number: { shell: 'nproc' }`.
  const answers = [...guide.matchAll(/`((?:number|text): \{[^`]*\})`/g)].map(([, yaml]) => parse(yaml!));
  expect(answers.length).toBeGreaterThan(5);
  for (const answer of answers) expect(expectationSchema.parse({ answer })).toBeTruthy();
});

test('a port in quotes is a number like any other', () => {
  expect(expectationSchema.parse(parse("http: { port: '8080' }"))).toEqual({ http: { port: 8080 } });
});
