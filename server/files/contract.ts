/** What the rooms above may ask about the files of a machine. Nothing here is ever a path on the host. */
import type { Readable } from 'node:stream';
import type { Unsubscribe } from '../lib/emitter.ts';
import type { ErrorCode, FileReason } from '../protocol/errors.ts';
import type { FileStanding, FileView } from '../protocol/files.ts';

/** A machine of a sandbox, and an absolute path in it, without `.` and `..`. */
export type FilePlace = { sandbox: string; machine: string; path: string };

/** What must stand at the path for a save to be done: nothing, this version, or whatever is there. */
export type SaveOver = 'nothing' | 'anything' | { version: string };

export type Download = {
  bytes: number;
  /** False of a file that does not say how long it is, as those of /proc. */
  sizeIsKnown: boolean;
  /** Ends early with an error where the machine does not give all of it. */
  body: Readable;
};

/** One who looks at files, with what is open there. */
export interface FileWatch extends Disposable {
  /** Takes the place of what was watched before, in every machine. */
  watch(machine: string, paths: readonly string[]): void;
}

export type FilesChanged = { sandbox: string; machine: string; paths: string[] };

/** Every method rejects with FilesError. Links are followed, inside the machine and by its own kernel. */
export interface Files {
  look(place: FilePlace): Promise<FileView>;
  download(place: FilePlace): Promise<Download>;
  /** Writes all or nothing. Takes `body` chunk by chunk; a body that fails leaves everything as it was. */
  save(place: FilePlace, over: SaveOver, body: Buffer | AsyncIterable<Buffer>): Promise<FileStanding>;
  createDirectory(place: FilePlace): Promise<FileStanding>;
  /** Never over something that stands there. */
  move(place: FilePlace, to: string): Promise<FileStanding>;
  /** A directory with all that is in it; nothing at all of one with too much in it. */
  remove(place: FilePlace): Promise<void>;
  open(sandbox: string): FileWatch;
  on(listener: (event: FilesChanged) => void): Unsubscribe;
}

export type FilesErrorCode = Extract<
  ErrorCode,
  | 'file_conflict'
  | 'file_not_found'
  | 'file_refused'
  | 'machine_disk_full'
  | 'machine_unreachable'
  | 'not_found'
  | 'payload_too_large'
  | 'sandbox_not_ready'
  | 'too_many_requests'
>;

export class FilesError extends Error {
  readonly code: FilesErrorCode;
  readonly reason: FileReason | undefined;
  /** Of a conflict: the version that stands there; null where nothing does. */
  readonly version: string | null;
  constructor(
    code: FilesErrorCode,
    message: string,
    options: ErrorOptions & { reason?: FileReason; version?: string | null } = {},
  ) {
    super(message, options);
    this.name = 'FilesError';
    this.code = code;
    this.reason = options.reason;
    this.version = options.version ?? null;
  }
}
