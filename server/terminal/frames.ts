/** Frames between us and the holder of a shell: type (1 byte), length (4, big endian), payload. */

/** Largest output payload in one frame; the holder never sends more. */
export const OUTPUT_BYTES = 64 * 1024;
/** Asks the holder for everything that it has kept. */
export const FROM_OLDEST = 0xffff_ffff_ffff_ffffn;

const HEADER_BYTES = 5;
const [S, O, X] = [0x53, 0x4f, 0x58];

/** What a holder says. */
export type HolderFrame =
  /** Answer to attach: the oldest offset kept and the end of the stream now. */
  | { type: 'span'; start: number; end: number }
  | { type: 'output'; offset: number; bytes: Buffer }
  /** The shell ended; comes after all of its output. */
  | { type: 'exit'; code: number };

/** The other side broke the protocol: whatever it says from here on means nothing. */
export class HolderProtocolError extends Error {
  readonly code = 'holder_protocol';
  constructor(message: string) {
    super(message);
    this.name = 'HolderProtocolError';
  }
}

export function encodeAttach(offset: number | 'oldest'): Buffer {
  const payload = Buffer.allocUnsafe(8);
  payload.writeBigUInt64BE(offset === 'oldest' ? FROM_OLDEST : BigInt(offset));
  return encodeFrame('A', payload);
}

export function encodeInput(bytes: Buffer): Buffer {
  return encodeFrame('I', bytes);
}

export function encodeResize(cols: number, rows: number): Buffer {
  const payload = Buffer.allocUnsafe(4);
  payload.writeUInt16BE(cols, 0);
  payload.writeUInt16BE(rows, 2);
  return encodeFrame('R', payload);
}

export function encodeAck(bytes: number): Buffer {
  const payload = Buffer.allocUnsafe(4);
  payload.writeUInt32BE(bytes);
  return encodeFrame('K', payload);
}

export function encodeFrame(type: string, payload: Buffer): Buffer {
  const frame = Buffer.allocUnsafe(HEADER_BYTES + payload.length);
  frame.write(type, 0, 1, 'latin1');
  frame.writeUInt32BE(payload.length, 1);
  payload.copy(frame, HEADER_BYTES);
  return frame;
}

/**
 * Cuts a byte stream into the holder's frames, wherever its chunks may be split. What a machine says is hostile: a
 * frame of unknown type or wrong length ends the reading, and no more than one frame is ever held.
 */
export class HolderFrameReader {
  readonly #header = Buffer.allocUnsafe(HEADER_BYTES);
  #headerFilled = 0;
  #payload: Buffer | null = null;
  #payloadFilled = 0;

  /** Throws HolderProtocolError. Output bytes may be views of `chunk`. */
  *read(chunk: Buffer): Generator<HolderFrame> {
    let at = 0;
    while (at < chunk.length) {
      if (this.#headerFilled < HEADER_BYTES) {
        const taken = Math.min(HEADER_BYTES - this.#headerFilled, chunk.length - at);
        chunk.copy(this.#header, this.#headerFilled, at, at + taken);
        this.#headerFilled += taken;
        at += taken;
        if (this.#headerFilled < HEADER_BYTES) return;
        checkLength(this.#type, this.#length);
      }
      const length = this.#length;
      const left = chunk.length - at;
      let payload: Buffer;
      if (this.#payload === null && left >= length) {
        payload = chunk.subarray(at, at + length);
        at += length;
      } else {
        this.#payload ??= Buffer.allocUnsafe(length);
        const taken = Math.min(length - this.#payloadFilled, left);
        chunk.copy(this.#payload, this.#payloadFilled, at, at + taken);
        this.#payloadFilled += taken;
        at += taken;
        if (this.#payloadFilled < length) return;
        payload = this.#payload;
      }
      const type = this.#type;
      this.#headerFilled = 0;
      this.#payload = null;
      this.#payloadFilled = 0;
      yield decode(type, payload);
    }
  }

  get #type(): number {
    return this.#header[0] ?? 0;
  }

  get #length(): number {
    return this.#header.readUInt32BE(1);
  }
}

function checkLength(type: number, length: number): void {
  const fits =
    (type === S && length === 16) ||
    (type === O && length >= 8 && length <= 8 + OUTPUT_BYTES) ||
    (type === X && length === 4);
  if (!fits) throw new HolderProtocolError(`no frame has type ${type} and length ${length}`);
}

function decode(type: number, payload: Buffer): HolderFrame {
  if (type === S) {
    const [start, end] = [readOffset(payload, 0), readOffset(payload, 8)];
    if (start > end) throw new HolderProtocolError('the span ends before it starts');
    return { type: 'span', start, end };
  }
  if (type === O) return { type: 'output', offset: readOffset(payload, 0), bytes: payload.subarray(8) };
  return { type: 'exit', code: payload.readInt32BE(0) };
}

/** Offsets stay far below 2^53 in honest use: that is 9 petabytes of output. */
function readOffset(payload: Buffer, at: number): number {
  const offset = payload.readBigUInt64BE(at);
  if (offset > BigInt(Number.MAX_SAFE_INTEGER) / 2n) throw new HolderProtocolError('an offset is too large');
  return Number(offset);
}
