/** Both ends of the terminal wire together: the page's client against our socket, over a real connection. */
import { expect, test, vi } from 'vitest';
import { TerminalClient, type TerminalStatus } from '#app/_features/terminal/terminal-client.ts';
import { FakeMachine } from '../terminal/testing/fake-machine.ts';
import { TestServer } from './testing/terminal-pair.ts';

/** A page that draws at once. */
class Page implements Disposable {
  text = '';
  bytes = 0;
  status: TerminalStatus = { at: 'connecting' };
  readonly client: TerminalClient;

  constructor(url: () => string) {
    this.client = new TerminalClient({
      url,
      fit: () => ({ cols: 90, rows: 30 }),
      screen: {
        write: (bytes, _, drawn) => {
          this.text = (this.text + Buffer.from(bytes).toString('latin1')).slice(-100_000);
          this.bytes += bytes.length;
          setImmediate(drawn);
        },
        clear: () => (this.text = ''),
        resize() {},
      },
      events: { status: (status) => (this.status = status), title() {}, viewers() {}, readOnly() {} },
      socket: { page: new EventTarget() },
    });
  }

  [Symbol.dispose]() {
    this.client.close();
  }
}

test('a page types and sees, through a flood too', async () => {
  await using server = await TestServer.open();
  using page = new Page(() => server.url);
  await vi.waitFor(() => expect(page.status.at).toBe('live'));
  page.client.type('seq 1 1000000\r');
  await vi.waitFor(() => expect(server.machine.holder().input).toBe('seq 1 1000000\r'));
  server.machine.holder().print('x'.repeat(8 * 1024 * 1024));
  await vi.waitFor(() => expect(page.bytes).toBe(8 * 1024 * 1024), { timeout: 5000 });
});

test('the server is killed: the page finds the next one, misses nothing, and its typing arrives', async () => {
  const machine = new FakeMachine();
  let server = await TestServer.open({}, machine);
  using page = new Page(() => server.url);
  await vi.waitFor(() => expect(page.status.at).toBe('live'));
  machine.holder().print('before ');
  await vi.waitFor(() => expect(page.text).toBe('before '));

  await server[Symbol.asyncDispose]();
  await vi.waitFor(() => expect(page.status.at).toBe('waiting'));
  page.client.type('held');
  machine.holder().print('meanwhile ');
  server = await TestServer.open({}, machine);

  await vi.waitFor(() => expect(page.text).toBe('before meanwhile '), { timeout: 5000 });
  await vi.waitFor(() => expect(machine.holder().input).toBe('held'));
  await server[Symbol.asyncDispose]();
});

test('a shell that ended is told, and a new one follows in the same screen', async () => {
  await using server = await TestServer.open();
  using page = new Page(() => server.url);
  await vi.waitFor(() => expect(page.status.at).toBe('live'));
  server.machine.holder().print('bye\r\n');
  server.machine.holder().exit(2);
  await vi.waitFor(() => expect(page.status).toEqual({ at: 'exited', code: 2 }));
  server.machine.holder().print('new shell');
  page.client.reopen();
  await vi.waitFor(() => expect(page.text).toBe('bye\r\nnew shell'));
});
