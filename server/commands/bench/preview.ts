/** What a preview adds to a request: the same page through the gateway and straight from the machine, in turns. */
import { Agent, get } from 'node:http';
import { retry } from '#server/lib/retry.ts';
import { Guest, whenReady } from './client.ts';
import { fromSamples, type Figure } from './figure.ts';

const PAIRS = 400;
/** Pairs before it counts: connections are made, code is compiled. */
const WARM_UP = 50;

/** @param url origin of the product on this host */
export async function benchPreview(url: string): Promise<Figure> {
  const guest = await Guest.signIn(url);
  const sandbox = await guest.openSandbox({ playground: true, machines: 1 });
  await whenReady(guest, sandbox);
  using feed = guest.feed(sandbox.id);
  const all = await feed.next((message) => message.type === 'all');
  if (all.type !== 'all') throw new Error('invariant: the feed begins with all');
  let said = '';
  const terminal = guest.terminal(sandbox.id, '1', (chunk) => (said += chunk.toString()));
  await new Promise((resolve) => terminal.once('open', resolve));
  terminal.send(Buffer.from('docker run -d -p 80:80 nginx; echo "at=$(hostname -i)="\r'));
  await feed.next((message) => message.type === 'ports' && message.ports.some(({ port }) => port === 80));
  const machine = await retry(
    async () => {
      const address = /at=([\d.]+)/.exec(said)?.[1];
      if (!address) throw new Error(`the machine did not tell its address: ${said.slice(-200)}`);
      return address;
    },
    { attempts: 400, firstPauseMs: 25, maxPauseMs: 25 },
  );
  const { host } = new URL(all.previews.address.replace('{port}', '80').replace('{machine}', 'node1'));
  const { hostname, port } = new URL(url);
  using direct = new Line({ host: machine, port: 80 });
  using through = new Line({ host: hostname, port: Number(port), headers: { host } });
  await retry(() => direct.take(), { attempts: 100, firstPauseMs: 50, maxPauseMs: 50 });
  const samples: number[] = [];
  for (let round = -WARM_UP; round < PAIRS; round++) {
    const straightMs = await direct.take();
    const aroundMs = await through.take();
    if (round >= 0) samples.push(aroundMs - straightMs);
  }
  terminal.close();
  await guest.closeSandbox(sandbox.id);
  return fromSamples({ name: 'preview.added_ms', unit: 'ms', samples, goals: [{ at: 'p50', most: 2 }] });
}

/** One browser connection, kept open. */
class Line implements Disposable {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #to: { host: string; port: number; headers?: Record<string, string> };

  constructor(to: { host: string; port: number; headers?: Record<string, string> }) {
    this.#to = to;
  }

  /** Milliseconds until the page is there. */
  take(): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const started = performance.now();
    get({ ...this.#to, path: '/', agent: this.#agent }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`the page answered ${answer.statusCode}`));
      answer.resume().once('end', () => resolve(performance.now() - started));
    }).once('error', reject);
    return promise;
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}
