/** Golden disks: what a machine's disk holds when it first starts, with an image set already pulled. */
import { createHash } from 'node:crypto';
import { SingleFlight } from '../../lib/single-flight.ts';
import type { ImagesProgress } from '../contract.ts';
import type { Disks } from './disks.ts';

/** Made anew at every boot, or different in every machine. */
const DROPPED = ['upper', 'work', 'docker/engine-id', 'docker/containerd'];

/** Pulls `images` into a machine of its own, stops it, and hands over the name of its disk. */
export type Builder = <Result>(
  images: readonly string[],
  from: string | null,
  use: (disk: string) => Promise<Result>,
  progress?: ImagesProgress,
) => Promise<Result>;

export class GoldenDisks {
  readonly #disks: Disks;
  readonly #source: string;
  readonly #underWay = new SingleFlight<void>();
  readonly #ready = new Set<string>();

  /** @param source whatever golden disks depend on besides their images; they are made anew when it changes. */
  constructor(disks: Disks, source: readonly string[]) {
    this.#disks = disks;
    this.#source = digest(source.join('\n'));
  }

  /** Forgets the golden disks of another machine image or catalog. Their copies live on. */
  async open(): Promise<void> {
    await this.#disks.sweepGoldens((golden) => golden.startsWith(`${this.#source}-`));
    for (const golden of await this.#disks.goldens()) this.#ready.add(golden);
  }

  /** Name of the set's golden disk; null while it is not made. */
  find(images: readonly string[]): string | null {
    const name = this.#nameOf(images);
    return this.#ready.has(name) ? name : null;
  }

  async prepare(images: readonly string[], build: Builder, progress?: ImagesProgress): Promise<void> {
    const name = this.#nameOf(images);
    if (this.#ready.has(name)) return;
    await this.#underWay.run(name, async () => {
      if (this.#ready.has(name)) return;
      // Every set grows out of the empty one: an engine that has started once starts faster.
      if (images.length > 0) await this.prepare([], build);
      await build(
        images,
        images.length > 0 ? this.find([]) : null,
        (disk) => this.#disks.makeGolden(name, disk, DROPPED),
        progress,
      );
      this.#ready.add(name);
    });
  }

  #nameOf(images: readonly string[]): string {
    return `${this.#source}-${digest([...new Set(images)].toSorted().join('\n'))}`;
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
