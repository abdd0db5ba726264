/** Files in memory: what the gateway asked for, and whatever answer or refusal a test wants. */
import { Readable } from 'node:stream';
import type {
  Download,
  FilePlace,
  Files,
  FilesChanged,
  FilesError,
  FileWatch,
  SaveOver,
} from '#server/files/contract.ts';
import { Emitter } from '#server/lib/emitter.ts';
import type { FileStanding, FileView } from '#server/protocol/files.ts';

export const VERSION = '0123456789abcdef';
const about = { bytes: 3, modifiedAt: '2030-01-01T00:00:00.000Z', mode: 0o644 };

export class FakeFiles implements Files {
  readonly events = new Emitter<FilesChanged>();
  readonly asked: { what: string; place: FilePlace; over?: SaveOver; bytes?: number; to?: string }[] = [];
  readonly watching = new Map<object, { sandbox: string; machine: string; paths: readonly string[] }>();
  /** Thrown by the next request. */
  fails: FilesError | null = null;
  /** What a download brings. */
  content: () => Readable = () => Readable.from([Buffer.from('abc')]);
  contentBytes: number | null = 3;

  async look(place: FilePlace): Promise<FileView> {
    this.#take({ what: 'look', place });
    return { type: 'text', path: place.path, ...about, version: VERSION, text: 'abc' };
  }

  async download(place: FilePlace): Promise<Download> {
    this.#take({ what: 'download', place });
    return { bytes: this.contentBytes ?? 0, sizeIsKnown: this.contentBytes !== null, body: this.content() };
  }

  async save(place: FilePlace, over: SaveOver, body: Buffer | AsyncIterable<Buffer>): Promise<FileStanding> {
    let bytes = 0;
    for await (const chunk of Buffer.isBuffer(body) ? [body] : body) bytes += chunk.length;
    this.#take({ what: Buffer.isBuffer(body) ? 'save' : 'upload', place, over, bytes });
    return this.#standing(place.path);
  }

  async createDirectory(place: FilePlace): Promise<FileStanding> {
    this.#take({ what: 'create-directory', place });
    return { ...this.#standing(place.path), kind: 'directory' };
  }

  async move(place: FilePlace, to: string): Promise<FileStanding> {
    this.#take({ what: 'move', place, to });
    return this.#standing(to);
  }

  async remove(place: FilePlace): Promise<void> {
    this.#take({ what: 'remove', place });
  }

  open(sandbox: string): FileWatch {
    const who = {};
    return {
      watch: (machine, paths) => void this.watching.set(who, { sandbox, machine, paths }),
      [Symbol.dispose]: () => void this.watching.delete(who),
    };
  }

  on(listener: (event: FilesChanged) => void) {
    return this.events.on(listener);
  }

  #take(asked: FakeFiles['asked'][number]): void {
    const failure = this.fails;
    this.fails = null;
    if (failure) throw failure;
    this.asked.push(asked);
  }

  #standing(path: string): FileStanding {
    return { path, ...about, kind: 'file', version: VERSION };
  }
}
