/** Golden disks: what a machine's disk holds when it first starts, with an image set already pulled, or without any engine. */
import { createHash } from 'node:crypto';
import { SingleFlight } from '../../lib/single-flight.ts';
import type { ImagesProgress, MachineKind } from '../contract.ts';
import type { Disks } from './disks.ts';

/** What a golden disk is made for. A bare one has no images. */
export type DiskContent = { kind: MachineKind; images: readonly string[] };

/** Every disk grows out of this one: an engine that has started once starts faster. */
const EMPTY: DiskContent = { kind: 'docker', images: [] };

/** Made anew at every boot, or different in every machine. */
const DROPPED: Record<MachineKind, readonly string[]> = {
  docker: ['upper', 'work', 'docker/engine-id', 'docker/containerd'],
  // Here the upper layer is what counts: it hides the engine that the machine image has.
  bare: [
    'work',
    'docker',
    'containerd',
    'upper/tmp',
    'upper/var/log',
    'upper/etc/hosts',
    'upper/etc/hostname',
    'upper/etc/resolv.conf',
  ],
};

/** Pulls images into a machine of its own, or takes the engine out of it, stops it, and hands over the name of its disk. */
export type Builder = <Result>(
  content: DiskContent,
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

  /** Name of the golden disk; null while it is not made. */
  find(content: DiskContent): string | null {
    const name = this.#nameOf(content);
    return this.#ready.has(name) ? name : null;
  }

  async prepare(content: DiskContent, build: Builder, progress?: ImagesProgress): Promise<void> {
    const name = this.#nameOf(content);
    const empty = this.#nameOf(EMPTY);
    if (this.#ready.has(name)) return;
    await this.#underWay.run(name, async () => {
      if (this.#ready.has(name)) return;
      if (name !== empty) await this.prepare(EMPTY, build);
      await build(
        content,
        name === empty ? null : empty,
        (disk) => this.#disks.makeGolden(name, disk, DROPPED[content.kind]),
        progress,
      );
      this.#ready.add(name);
    });
  }

  #nameOf({ kind, images }: DiskContent): string {
    const key = kind === 'docker' ? [...new Set(images)].toSorted().join('\n') : kind;
    return `${this.#source}-${digest(key)}`;
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
