/** Whether the registry behind the catalog can be reached now; it is asked only when somebody wants an image of it. */
import { request as requestHttp, Agent as HttpAgent } from 'node:http';
import { request as requestHttps, Agent as HttpsAgent } from 'node:https';
import type { Clock } from '../../lib/clock.ts';
import { SingleFlight } from '../../lib/single-flight.ts';

/** Far above what a line to the other side of the world needs; an image that is nowhere must be told within 2 s. */
const PATIENCE_MS = 1200;
const GOOD_FOR_MS = 1000;
/** Meanwhile nobody waits for what does not answer. */
const BAD_FOR_MS = 10_000;

export class Upstream {
  readonly #url: string;
  readonly #clock: Clock;
  readonly #asking = new SingleFlight<boolean>();
  #known: { isReachable: boolean; untilMs: number } | null = null;
  readonly #changed: (isReachable: boolean) => void;

  /** @param changed told of the first answer, and of each that is another than the one before. */
  constructor(options: { url: string; clock: Clock; changed?: (isReachable: boolean) => void }) {
    this.#url = options.url;
    this.#clock = options.clock;
    this.#changed = options.changed ?? (() => undefined);
  }

  /** Answers within 1.2 s. */
  async isReachable(): Promise<boolean> {
    const nowMs = this.#clock.now().getTime();
    if (this.#known && nowMs < this.#known.untilMs) return this.#known.isReachable;
    return this.#asking.run('', async () => {
      const isReachable = await answers(`${this.#url}/v2/`);
      const before = this.#known?.isReachable;
      const untilMs = this.#clock.now().getTime() + (isReachable ? GOOD_FOR_MS : BAD_FOR_MS);
      this.#known = { isReachable, untilMs };
      if (before !== isReachable) this.#changed(isReachable);
      return isReachable;
    });
  }
}

/** Whatever it says, a refusal too: then it is there. Goes through the proxy that the environment names. */
function answers(url: string): Promise<boolean> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const isSecure = url.startsWith('https:');
  const agent = new (isSecure ? HttpsAgent : HttpAgent)({ proxyEnv: process.env });
  return new Promise((settle) => {
    const asked = (isSecure ? requestHttps : requestHttp)(url, { signal, agent }, (response) => {
      response.destroy();
      settle(true);
    });
    asked.once('error', () => settle(false)).end();
  }).finally(() => agent.destroy()) as Promise<boolean>;
}
