/** Frames between us and the helper in a machine: type (1 byte), length (4, big endian), payload; as in agent/files.h. */
import type { FileKind } from '../protocol/files.ts';
import type { SaveOver } from './contract.ts';

export const FRAME_BYTES = 64 * 1024;
const HEADER_BYTES = 5;
const STANDING_BYTES = 29;
const ENTRY_BYTES = 22;
/** NAME_MAX of Linux is 255; a file system of a learner's own may think otherwise. */
const NAME_BYTES = 1024;
const PATH_BYTES = 4095;
/** The last second of the year 9999: dates of the wire have four digits of year. */
const LAST_SECOND = 253_402_300_799n;

export type Standing = { kind: FileKind; bytes: number; modifiedAt: Date; mode: number; version: string };
export type RawEntry = {
  name: Buffer;
  kind: FileKind;
  target: FileKind | null;
  bytes: number;
  modifiedAt: Date;
  mode: number;
};

/** What a helper says. */
export type HelperFrame =
  | { type: 'standing'; standing: Standing }
  | { type: 'entry'; entry: RawEntry }
  | { type: 'bytes'; bytes: Buffer }
  /** `more`: not all of it was told. */
  | { type: 'end'; more: boolean }
  | { type: 'failed'; reason: number; version: string }
  | { type: 'changed'; path: Buffer };

/** The other side broke the protocol: whatever it says from here on means nothing. */
export class FilesProtocolError extends Error {
  readonly code = 'files_protocol';
  constructor(message: string) {
    super(message);
    this.name = 'FilesProtocolError';
  }
}

export function encodeFrame(type: string, payload: Buffer = Buffer.alloc(0)): Buffer {
  const frame = Buffer.allocUnsafe(HEADER_BYTES + payload.length);
  frame.write(type, 0, 1, 'latin1');
  frame.writeUInt32BE(payload.length, 1);
  payload.copy(frame, HEADER_BYTES);
  return frame;
}

export const encodePath = (type: 'R' | 'G' | 'M' | 'D', path: string) => encodeFrame(type, Buffer.from(path));

export function encodeMove(from: string, to: string): Buffer {
  return encodeFrame('V', Buffer.concat([sized(from), Buffer.from(to)]));
}

export function encodeWatch(paths: readonly string[]): Buffer {
  const all = paths.map(sized);
  // Paths of the greatest length would not fit all together: then the later ones are not watched.
  let room = FRAME_BYTES;
  return encodeFrame('T', Buffer.concat(all.filter((path) => (room -= path.length) >= 0)));
}

export function encodeSave(path: string, over: SaveOver): Buffer {
  const head = Buffer.alloc(9);
  head[0] = over === 'nothing' ? 0 : over === 'anything' ? 2 : 1;
  if (typeof over === 'object') head.write(over.version, 1, 8, 'hex');
  return encodeFrame('W', Buffer.concat([head, Buffer.from(path)]));
}

/** The frames that carry these bytes. */
export function* encodeBytes(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += FRAME_BYTES)
    yield encodeFrame('B', bytes.subarray(at, at + FRAME_BYTES));
}

export const encodeEnd = () => encodeFrame('E');

function sized(path: string): Buffer {
  const bytes = Buffer.from(path);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/**
 * Cuts a byte stream into frames, wherever its chunks may be split. What a machine says is hostile: a frame of unknown
 * type, wrong length or impossible content ends the reading, and no more than one frame is ever held.
 */
export class HelperFrameReader {
  #held: Buffer = Buffer.alloc(0);

  /** @throws FilesProtocolError */
  *read(chunk: Buffer): Generator<HelperFrame> {
    let rest = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    this.#held = Buffer.alloc(0);
    while (rest.length >= HEADER_BYTES) {
      const type = String.fromCodePoint(rest[0]!);
      const length = rest.readUInt32BE(1);
      demand(isLength(type, length), `no frame has type ${rest[0]} and length ${length}`);
      if (rest.length < HEADER_BYTES + length) break;
      const payload = rest.subarray(HEADER_BYTES, HEADER_BYTES + length);
      rest = rest.subarray(HEADER_BYTES + length);
      yield decode(type, payload);
    }
    // A copy: a few held bytes must not keep a large chunk alive.
    this.#held = Buffer.from(rest);
  }
}

function isLength(type: string, length: number): boolean {
  if (type === 'A') return length === STANDING_BYTES;
  if (type === 'I') return length > ENTRY_BYTES && length <= ENTRY_BYTES + NAME_BYTES;
  if (type === 'B') return length > 0 && length <= FRAME_BYTES;
  if (type === 'E') return length === 1;
  if (type === 'F') return length === 12;
  return type === 'C' && length > 0 && length <= PATH_BYTES;
}

function decode(type: string, payload: Buffer): HelperFrame {
  switch (type) {
    case 'A':
      return {
        type: 'standing',
        standing: {
          kind: readKind(payload[0]!),
          bytes: readSize(payload, 1),
          modifiedAt: readDate(payload, 9),
          mode: readMode(payload, 17),
          version: payload.toString('hex', 21, 29),
        },
      };
    case 'I':
      return { type: 'entry', entry: readEntry(payload) };
    case 'B':
      return { type: 'bytes', bytes: payload };
    case 'E':
      return { type: 'end', more: payload[0] !== 0 };
    case 'F':
      return { type: 'failed', reason: payload.readUInt32BE(0), version: payload.toString('hex', 4, 12) };
    default:
      return { type: 'changed', path: payload };
  }
}

function readEntry(payload: Buffer): RawEntry {
  const kind = readKind(payload[0]!);
  const target = payload[1] === 0x2d || payload[1] === 0x3f ? null : readKind(payload[1]!);
  const name = payload.subarray(ENTRY_BYTES);
  demand(!name.includes(0) && !name.includes(0x2f), 'a name has a slash or a zero byte in it');
  demand(!/^\.\.?$/.test(name.toString('latin1')), 'an entry is the directory itself or the one above');
  return {
    name: Buffer.from(name),
    kind,
    target,
    bytes: readSize(payload, 2),
    modifiedAt: readDate(payload, 10),
    mode: readMode(payload, 18),
  };
}

const KINDS: Record<string, FileKind> = {
  f: 'file',
  d: 'directory',
  l: 'link',
  p: 'pipe',
  s: 'socket',
  c: 'device',
  b: 'device',
};

function readKind(byte: number): FileKind {
  const kind = KINDS[String.fromCodePoint(byte)];
  demand(kind !== undefined, `no kind of file is ${byte}`);
  return kind;
}

function readSize(payload: Buffer, at: number): number {
  const size = payload.readBigUInt64BE(at);
  demand(size <= BigInt(Number.MAX_SAFE_INTEGER), 'a file is larger than any disk');
  return Number(size);
}

/** A learner may give a file any time: one beyond the wire's calendar is shown as the last in it. */
function readDate(payload: Buffer, at: number): Date {
  const second = payload.readBigUInt64BE(at);
  return new Date(Number(second > LAST_SECOND ? LAST_SECOND : second) * 1000);
}

function readMode(payload: Buffer, at: number): number {
  const mode = payload.readUInt32BE(at);
  demand(mode <= 0o7777, 'no file has such a mode');
  return mode;
}

function demand(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new FilesProtocolError(otherwise);
}
