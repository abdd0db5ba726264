/** Grows the layers of an image as directories, one step on another, and says how to pack them. */
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanEnvironment } from '../run.ts';
import { buildFailure } from './errors.ts';
import { runInNamespace } from './namespace.ts';

/** Ids of layers in one set of trees, the topmost last. */
export type LayerStack = readonly string[];

/** An overlay needs something to stand on, also where an image starts from scratch. */
const NOTHING = 'nothing';

export class LayerTrees {
  readonly #directory: string;
  readonly #apt: string;
  readonly #script: string;
  readonly #epochSeconds: number;
  #made = 0;

  constructor(place: { directory: string; apt: string; script: string; epochSeconds: number }) {
    this.#directory = place.directory;
    this.#apt = place.apt;
    this.#script = place.script;
    this.#epochSeconds = place.epochSeconds;
  }

  /** The directory that holds what this layer changed; character devices 0:0 in it are removals. */
  files(id: string): string {
    return join(this.#directory, id, 'upper');
  }

  /** RUN: a shell command in the tree so far. Answers what it printed. */
  async run(
    below: LayerStack,
    command: string,
    env: readonly string[],
  ): Promise<{ id: string; output: string }> {
    const proxies = Object.entries(cleanEnvironment()).filter(([name]) => /_proxy$/i.test(name));
    const settings = [
      ...env,
      ...proxies.map(([name, value]) => `${name}=${value}`),
      'HOME=/root',
      'LC_ALL=C.UTF-8',
      'DEBIAN_FRONTEND=noninteractive',
      // Read by useradd and others instead of the clock.
      `SOURCE_DATE_EPOCH=${this.#epochSeconds}`,
    ];
    return this.#step(below, command, ['run', this.#apt, command, ...settings]);
  }

  /** COPY from a directory of the host. A whole tree copied onto nothing is moved: it is large, and used once. */
  async copyFiles(
    below: LayerStack,
    from: { root: string; source: string; destination: string },
  ): Promise<string> {
    if (below.length === 0 && from.source.endsWith('/') && from.destination === '/') {
      const id = this.#nextId();
      await mkdir(join(this.#directory, id), { recursive: true });
      await rename(join(from.root, from.source), this.files(id));
      return id;
    }
    const { id } = await this.#step(below, `COPY ${from.source}`, [
      'copy',
      from.root,
      '',
      from.source,
      from.destination,
    ]);
    return id;
  }

  /** COPY --from: out of what another stage made. */
  async copyStage(
    below: LayerStack,
    from: { stack: LayerStack; source: string; destination: string },
  ): Promise<string> {
    const { id } = await this.#step(below, `COPY ${from.source}`, [
      'copy',
      '',
      this.#lowers(from.stack),
      from.source.replace(/^\//, ''),
      from.destination,
    ]);
    return id;
  }

  async #step(
    below: LayerStack,
    what: string,
    args: readonly string[],
  ): Promise<{ id: string; output: string }> {
    const id = this.#nextId();
    await mkdir(join(this.#directory, NOTHING, 'upper'), { recursive: true });
    const result = await runInNamespace(this.#script, [this.#directory, id, this.#lowers(below), ...args]);
    if (result.code !== 0) throw buildFailure(what.replace(/\s+/g, ' ').slice(0, 120), result);
    return { id, output: result.stdout };
  }

  /** overlayfs lists the topmost first, and a mount without an upper layer needs two of them. */
  #lowers(stack: LayerStack): string {
    return [...stack.toReversed(), NOTHING].map((id) => `${id}/upper`).join(':');
  }

  #nextId(): string {
    this.#made += 1;
    return `layer${this.#made}`;
  }
}
