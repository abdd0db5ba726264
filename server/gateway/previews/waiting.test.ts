/** "Nothing listens yet" turns into the program, and every wait ends. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { expect, test, vi } from 'vitest';
import { Look, READS, SANDBOX } from './testing/look.ts';
import { container } from './testing/rooms.ts';
import { WAITING_PER_SANDBOX } from './waiting.ts';
import { WAIT_PATH } from './page.ts';

/** A port on which nobody listens now. */
async function quietPort(): Promise<number> {
  const probe = createTcpServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** An address at which nothing listens. */
async function nobody(look: Look): Promise<{ port: number; host: string }> {
  const port = await quietPort();
  return { port, host: look.host({ port }) };
}

test('the page says what is so, in the language of who asks, and asks for the end of it', async () => {
  await using look = await Look.at(() => {});
  const { port, host } = await nobody(look);
  const { status, text, headers } = await look.get('/deep', { host, ...READS });
  expect(status).toBe(502);
  expect(text).toContain(`Nothing listens on port ${port} yet`);
  expect(text).toContain(`fetch("${WAIT_PATH}"`);
  expect(headers['content-security-policy']).toMatch(
    /default-src 'none'.*frame-ancestors 'self' http:\/\/drydock\.test/,
  );
  const chinese = await look.get('/', { host, ...READS, 'accept-language': 'zh-CN,zh' });
  expect(chinese.text).toContain(`端口 ${port} 上还没有程序监听`);
  expect(chinese.text).toContain('lang="zh"');
});

test('scripts and programs get one line, and a form that was sent is not sent again', async () => {
  await using look = await Look.at(() => {});
  const { port, host } = await nobody(look);
  const script = await look.get('/data.json', { host, accept: '*/*' });
  expect(script.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(script.text).toMatch(new RegExp(`^Nothing listens on port ${port} yet\\..*\n$`));
  const form = await look.send('POST', '/', { headers: { host, ...READS }, body: 'a=b' });
  expect(form.text).not.toContain('fetch(');
});

test('the question is answered when the engine tells of a container and its port answers', async () => {
  await using look = await Look.at(() => {});
  const { port, host } = await nobody(look);
  const waiting = look.get(WAIT_PATH, { host });
  await vi.waitFor(() => expect(look.server.worlds.events.size).toBeGreaterThan(1));
  const program = createServer((_request, response) => void response.end('here')).listen(port, '127.0.0.1');
  await once(program, 'listening');
  look.server.worlds.tell(SANDBOX, 'node1', [container('web', [{ hostPort: port }])]);
  expect((await waiting).status).toBe(204);
  expect((await look.get('/', { host, ...READS })).text).toBe('here');
  program.closeAllConnections();
  program.close();
});

test('a plain process, which tells nobody, is found within seconds', async () => {
  await using look = await Look.at(() => {});
  const { port, host } = await nobody(look);
  const waiting = look.get(WAIT_PATH, { host });
  await vi.waitFor(() => expect(look.server.worlds.events.size).toBeGreaterThan(1));
  await look.server.clock.advance(500);
  const program = createServer((_request, response) => void response.end()).listen(port, '127.0.0.1');
  await once(program, 'listening');
  let status = 0;
  void waiting.then((answer) => (status = answer.status));
  await vi.waitFor(async () => {
    await look.server.clock.advance(2_000);
    expect(status).toBe(204);
  });
  program.close();
});

test('an asleep machine’s page waits too, for its waking', async () => {
  await using look = await Look.at((_request, response) => void response.end('awake'));
  const node1 = look.sandbox.machines.get('node1');
  look.sandbox.machines.clear();
  look.sandbox.state = 'asleep';
  const { status, text } = await look.get('/', READS);
  expect(status).toBe(503);
  expect(text).toContain('The machine is asleep');
  expect(text).toContain('href="http://drydock.test/en/playground"');
  const waiting = look.get(WAIT_PATH);
  await vi.waitFor(() => expect(look.server.worlds.events.size).toBeGreaterThan(1));
  look.sandbox.machines.set('node1', node1);
  look.sandbox.state = 'ready';
  look.server.sandboxes.events.emit({ type: 'changed', sandbox: look.sandbox });
  expect((await waiting).status).toBe(204);
});

test('a wait ends: by itself, with the sandbox, and with the browser', async () => {
  await using look = await Look.at(() => {});
  const { host } = await nobody(look);
  const listeners = look.server.worlds.events.size;
  const begun = () => vi.waitFor(() => expect(look.server.worlds.events.size).toBeGreaterThan(listeners));
  let status = 0;
  const ending = look.get(WAIT_PATH, { host });
  void ending.then((answer) => (status = answer.status));
  await begun();
  await vi.waitFor(async () => {
    await look.server.clock.advance(5_000);
    expect(status).toBe(202);
  });

  const leaving = look.ask(WAIT_PATH, host);
  await begun();
  leaving.destroy();
  await vi.waitFor(() => expect(look.server.worlds.events.size).toBe(listeners));

  const closing = look.get(WAIT_PATH, { host });
  await begun();
  await look.server.sandboxes.close(SANDBOX);
  expect((await closing).status).toBe(410);
  await vi.waitFor(() => expect(look.server.worlds.events.size).toBe(listeners));
});

test('so many wait for one sandbox and no more; who leaves makes room', async () => {
  await using look = await Look.at(() => {});
  const { host } = await nobody(look);
  const listeners = look.server.worlds.events.size;
  const waiting = Array.from({ length: WAITING_PER_SANDBOX }, () => look.ask(WAIT_PATH, host));
  await vi.waitFor(() => expect(look.server.worlds.events.size).toBe(listeners + WAITING_PER_SANDBOX));
  expect((await look.get(WAIT_PATH, { host })).status).toBe(429);
  for (const one of waiting) one.destroy();
  await vi.waitFor(() => expect(look.server.worlds.events.size).toBe(listeners));
});
