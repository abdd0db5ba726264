/** Writes images straight into the storage that Debian's docker-registry (distribution 2.8, filesystem driver) reads. */
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Blob } from './manifest.ts';

/** 9 packs a Debian base 0.3 % smaller, and takes four times as long (1.8 s and 6.8 s of processor time). */
const GZIP_LEVEL = 6;

/** A layer by both its names: `digest` of the packed bytes, `diffId` of the archive in it. */
export type Layer = Blob & { diffId: string };

export class RegistryStore {
  readonly #root: string;

  constructor(directory: string) {
    this.#root = join(directory, 'docker/registry/v2');
  }

  /** Packs an archive as it comes; neither is ever whole in memory. */
  async addLayer(archive: AsyncIterable<Buffer>): Promise<Layer> {
    const whole = createHash('sha256');
    const packed = createHash('sha256');
    let size = 0;
    const parked = join(this.#root, `incoming-${randomUUID()}`);
    await mkdir(this.#root, { recursive: true });
    try {
      await pipeline(
        Readable.from(archive),
        async function* (chunks: AsyncIterable<Buffer>) {
          for await (const chunk of chunks) {
            whole.update(chunk);
            yield chunk;
          }
        },
        createGzip({ level: GZIP_LEVEL }),
        async function* (chunks: AsyncIterable<Buffer>) {
          for await (const chunk of chunks) {
            packed.update(chunk);
            size += chunk.length;
            yield chunk;
          }
        },
        createWriteStream(parked),
      );
      const digest = `sha256:${packed.digest('hex')}`;
      const place = this.#blobPath(digest);
      await mkdir(dirname(place), { recursive: true });
      await rename(parked, place);
      return { digest, size, diffId: `sha256:${whole.digest('hex')}` };
    } finally {
      await rm(parked, { force: true });
    }
  }

  async addBlob(content: string): Promise<Blob> {
    const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;
    await write(this.#blobPath(digest), content);
    return { digest, size: Buffer.byteLength(content) };
  }

  /** Makes an image whose blobs are all stored known under a repository and its tags. */
  async link(image: {
    repository: string;
    tags: readonly string[];
    manifest: Blob;
    blobs: readonly Blob[];
  }): Promise<void> {
    const repository = join(this.#root, 'repositories', image.repository);
    const linkTo = (folder: string, digest: string) =>
      write(join(repository, folder, digest.replace(':', '/'), 'link'), digest);
    for (const blob of image.blobs) await linkTo('_layers', blob.digest);
    await linkTo('_manifests/revisions', image.manifest.digest);
    for (const tag of image.tags) {
      await linkTo(`_manifests/tags/${tag}/index`, image.manifest.digest);
      await write(join(repository, `_manifests/tags/${tag}/current/link`), image.manifest.digest);
    }
  }

  #blobPath(digest: string): string {
    const [algorithm, hex] = digest.split(':') as [string, string];
    return join(this.#root, 'blobs', algorithm, hex.slice(0, 2), hex, 'data');
  }
}

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
