/** A holder that lives in memory: speaks the frames of the real one, with a shell played by the test. */
import type { Readable, Writable } from 'node:stream';
import { RingBuffer } from '../../lib/ring-buffer.ts';
import { REPLAY_BYTES } from '../../protocol/numbers.ts';
import { FROM_OLDEST, OUTPUT_BYTES, encodeFrame } from '../frames.ts';
import { HOLDER_WINDOW_BYTES } from '../holder-link.ts';

export function encodeSpan(start: number, end: number): Buffer {
  const payload = Buffer.alloc(16);
  payload.writeBigUInt64BE(BigInt(start), 0);
  payload.writeBigUInt64BE(BigInt(end), 8);
  return encodeFrame('S', payload);
}

export function encodeOutput(offset: number, bytes: Buffer): Buffer {
  const payload = Buffer.alloc(8);
  payload.writeBigUInt64BE(BigInt(offset));
  return encodeFrame('O', Buffer.concat([payload, bytes]));
}

export function encodeExit(code: number): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeInt32BE(code);
  return encodeFrame('X', payload);
}

type Client = {
  stdin: Readable;
  stdout: Writable;
  exit(code: number): void;
};

/** One shell's holder. Give it each connection by `connect`; print as the shell by `print`. */
export class FakeHolder {
  /** All input so far, as text. */
  input = '';
  /** Sizes in the order of their arrival: `80x24`. */
  readonly sizes: string[] = [];
  /** Attach requests in the order of their arrival. */
  readonly attached: (number | 'oldest')[] = [];
  readonly #ring = new RingBuffer(REPLAY_BYTES);
  /** What the shell wants to print while the holder has stopped reading it. */
  #blocked: Buffer[] = [];
  #client: Client | null = null;
  #next = 0;
  #unacked = 0;
  #exitCode: number | null = null;

  constructor(startOffset = 0) {
    this.#ring.reset(startOffset);
  }

  get end(): number {
    return this.#ring.end;
  }

  /** Bytes that the shell could not print yet: it waits. */
  get blockedBytes(): number {
    return this.#blocked.reduce((sum, chunk) => sum + chunk.length, 0);
  }

  get isConnected(): boolean {
    return this.#client !== null;
  }

  print(text: string | Buffer): void {
    this.#blocked.push(Buffer.from(text));
    this.#flow();
  }

  exit(code: number): void {
    this.#exitCode = code;
    this.#flow();
  }

  /** The newest connection wins, as at the real holder. */
  connect(client: Client): void {
    this.disconnect();
    this.#client = client;
    let rest = Buffer.alloc(0);
    client.stdin.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      while (rest.length >= 5 && rest.length >= 5 + rest.readUInt32BE(1)) {
        const end = 5 + rest.readUInt32BE(1);
        this.#take(String.fromCharCode(rest[0] ?? 0), rest.subarray(5, end));
        rest = rest.subarray(end);
      }
    });
    client.stdin.on('end', () => {
      if (this.#client === client) this.disconnect();
    });
  }

  disconnect(): void {
    const client = this.#client;
    this.#client = null;
    client?.exit(0);
    this.#flow();
  }

  /** Says whatever the test wants, also what no honest holder would. */
  say(bytes: Buffer): void {
    this.#client?.stdout.write(bytes);
  }

  #take(type: string, payload: Buffer): void {
    if (type === 'A') this.#attach(payload.readBigUInt64BE());
    if (type === 'I') this.input += payload.toString();
    if (type === 'R') this.sizes.push(`${payload.readUInt16BE(0)}x${payload.readUInt16BE(2)}`);
    if (type === 'K') this.#unacked -= payload.readUInt32BE();
    this.#flow();
  }

  #attach(offset: bigint): void {
    this.attached.push(offset === FROM_OLDEST ? 'oldest' : Number(offset));
    const isKept = offset >= BigInt(this.#ring.start) && offset <= BigInt(this.#ring.end);
    this.#next = isKept ? Number(offset) : this.#ring.start;
    this.#unacked = 0;
    this.say(encodeSpan(this.#ring.start, this.#ring.end));
  }

  #flow(): void {
    for (;;) {
      const isAttached = this.#client !== null && this.attached.length > 0;
      if (isAttached) this.#send();
      const hasRoom = !isAttached || (this.#next === this.#ring.end && this.#unacked < HOLDER_WINDOW_BYTES);
      const chunk = hasRoom ? this.#blocked.shift() : undefined;
      if (!chunk) break;
      this.#ring.append(chunk.subarray(0, OUTPUT_BYTES));
      if (chunk.length > OUTPUT_BYTES) this.#blocked.unshift(chunk.subarray(OUTPUT_BYTES));
    }
    if (this.#exitCode === null || !this.#client || this.#next < this.#ring.end || this.blockedBytes > 0)
      return;
    this.say(encodeExit(this.#exitCode));
    this.#exitCode = null;
    this.disconnect();
  }

  #send(): void {
    while (this.#next < this.#ring.end && this.#unacked < HOLDER_WINDOW_BYTES) {
      const offset = this.#next;
      const bytes = this.#ring.read(offset, Math.min(OUTPUT_BYTES, HOLDER_WINDOW_BYTES - this.#unacked));
      // Counted first: streams in memory answer before this call returns.
      this.#next += bytes.length;
      this.#unacked += bytes.length;
      this.say(encodeOutput(offset, bytes));
    }
  }
}
