/** Speaks the holder's frames over an `agent terminal`, so that tests read like somebody at a terminal. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { expect, vi } from 'vitest';

const FROM_OLDEST = 2n ** 64n - 1n;

/** Waits for a condition, looking often. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 10_000, interval: 5 });

export class TerminalClient {
  /** Offsets of the attach: oldest kept, and end at that moment. */
  kept: { start: number; end: number } | null = null;
  /** Offset of the first byte received. */
  firstOffset: number | null = null;
  exitCode: number | null = null;
  gone = false;
  acknowledging = true;
  #pending: Buffer = Buffer.alloc(0);
  #chunks: Buffer[] = [];
  #received = 0;
  readonly process: ChildProcessWithoutNullStreams;

  constructor(process: ChildProcessWithoutNullStreams) {
    this.process = process;
    process.stdout.on('data', (bytes: Buffer) => this.#take(bytes));
    process.on('close', () => (this.gone = true));
    // Writing to somebody who was replaced by a newer client.
    process.stdin.on('error', () => (this.gone = true));
  }

  #take(bytes: Buffer): void {
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    while (this.#pending.length >= 5) {
      const end = 5 + this.#pending.readUInt32BE(1);
      if (this.#pending.length < end) return;
      this.#obey(String.fromCharCode(this.#pending[0]!), this.#pending.subarray(5, end));
      this.#pending = this.#pending.subarray(end);
    }
  }

  #obey(type: string, payload: Buffer): void {
    if (type === 'S') {
      this.kept = { start: Number(payload.readBigUInt64BE(0)), end: Number(payload.readBigUInt64BE(8)) };
    } else if (type === 'O') {
      const offset = Number(payload.readBigUInt64BE(0));
      this.firstOffset ??= offset;
      expect(offset).toBe(this.offset);
      this.#chunks.push(Buffer.from(payload.subarray(8)));
      this.#received += payload.length - 8;
      if (this.acknowledging) this.acknowledge(payload.length - 8);
    } else {
      expect(type).toBe('X');
      this.exitCode = payload.readUInt32BE(0);
    }
  }

  /** Offset of the next byte. */
  get offset(): number {
    return (this.firstOffset ?? 0) + this.#received;
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  send(type: string, payload: Buffer): void {
    const head = Buffer.alloc(5);
    head.write(type, 0, 'latin1');
    head.writeUInt32BE(payload.length, 1);
    this.process.stdin.write(Buffer.concat([head, payload]));
  }

  attach(from?: number): this {
    const offset = Buffer.alloc(8);
    offset.writeBigUInt64BE(from === undefined ? FROM_OLDEST : BigInt(from));
    this.send('A', offset);
    return this;
  }

  type(text: string): void {
    this.send('I', Buffer.from(text));
  }

  resize(cols: number, rows: number): void {
    const size = Buffer.alloc(4);
    size.writeUInt16BE(cols, 0);
    size.writeUInt16BE(rows, 2);
    this.send('R', size);
  }

  acknowledge(bytes: number): void {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(bytes);
    this.send('K', count);
  }

  async sees(text: string): Promise<void> {
    await eventually(() => expect(this.bytes.toString()).toContain(text));
  }

  async isAttached(): Promise<{ start: number; end: number }> {
    return eventually(() => this.kept ?? expect.fail('not attached'));
  }

  async ends(): Promise<void> {
    await eventually(() => expect(this.gone).toBe(true));
  }

  leave(): void {
    this.process.stdin.end();
  }
}
