/** One connection to the holder of a shell: an exec in the machine that speaks frames on its standard streams. */
import type { Engine, ExecProcess, MachineRef } from '../engine/contract.ts';
import {
  HolderFrameReader,
  HolderProtocolError,
  OUTPUT_BYTES,
  encodeAck,
  encodeAttach,
  encodeInput,
  encodeResize,
  type HolderFrame,
} from './frames.ts';

export const AGENT_PATH = '/usr/local/lib/drydock/agent';
/** What the holder may send without an acknowledgement. */
export const HOLDER_WINDOW_BYTES = 512 * 1024;
/** Acknowledgements are told in steps of this size. */
const ACK_STEP_BYTES = 16 * 1024;
/** Input under way to the machine, over which we ask for a pause. */
const INPUT_QUEUE_BYTES = 256 * 1024;
/** Complaints kept for the log. */
const STDERR_BYTES = 1024;

export type HolderPlace = { ref: MachineRef; terminal: string; nonce: string };
export type ScreenSize = { cols: number; rows: number };

export type HolderEvents = {
  frame(frame: HolderFrame): void;
  /** The connection is gone though the shell did not end. Called once, never after `close`. */
  lost(reason: Error): void;
};

export class HolderLink {
  readonly #process: ExecProcess;
  #events: HolderEvents | null = null;
  #closed = false;
  #received = 0;
  #acked = 0;
  #stderr = '';

  /** Runs the agent in the machine, which starts the shell where there is none. Call `listen` in the same turn. */
  static async open(options: {
    engine: Pick<Engine, 'exec'>;
    place: HolderPlace;
    size: ScreenSize;
  }): Promise<HolderLink> {
    const { place, size } = options;
    const process = await options.engine.exec(place.ref, {
      command: [AGENT_PATH, 'terminal', place.terminal, String(size.cols), String(size.rows)],
      env: { DRYDOCK_NONCE: place.nonce },
    });
    return new HolderLink(process);
  }

  private constructor(process: ExecProcess) {
    this.#process = process;
  }

  /** Asks for output from `from` on, and hears it. */
  listen(from: number | 'oldest', events: HolderEvents): void {
    const process = this.#process;
    this.#events = events;
    const reader = new HolderFrameReader();
    process.stdout.on('data', (chunk: Buffer) => this.#read(reader, chunk));
    process.stdout.on('end', () => this.#lose());
    process.stderr.on('data', (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString()).slice(-STDERR_BYTES);
    });
    for (const stream of [process.stdin, process.stdout, process.stderr])
      stream.on('error', (error: Error) => this.#lose(error));
    process.exit.then(
      () => this.#lose(),
      (error: Error) => this.#lose(error),
    );
    process.stdin.write(encodeAttach(from));
  }

  input(bytes: Buffer): void {
    if (!this.#closed) this.#process.stdin.write(encodeInput(bytes));
  }

  resize(size: ScreenSize): void {
    if (!this.#closed) this.#process.stdin.write(encodeResize(size.cols, size.rows));
  }

  /** Makes room at the holder for `bytes` more. */
  ack(bytes: number): void {
    this.#acked += bytes;
    if (!this.#closed) this.#process.stdin.write(encodeAck(bytes));
  }

  /** Bytes that came and are not acknowledged; acknowledges the rest when that is worth a frame. */
  ackAllBut(unread: number): void {
    const due = this.#received - this.#acked - unread;
    if (due >= ACK_STEP_BYTES) this.ack(due);
  }

  /** Null while more input may be written; else resolves when it may, or when the connection is gone. */
  inputRoom(): Promise<void> | null {
    const { stdin } = this.#process;
    if (this.#closed || stdin.writableLength < INPUT_QUEUE_BYTES) return null;
    return new Promise((resolve) => {
      stdin.once('drain', resolve);
      stdin.once('close', resolve);
    });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#process.close();
  }

  #read(reader: HolderFrameReader, chunk: Buffer): void {
    try {
      for (const frame of reader.read(chunk)) {
        if (this.#closed) return;
        if (frame.type === 'output') this.#count(frame.bytes.length);
        this.#events?.frame(frame);
      }
    } catch (error) {
      if (!(error instanceof HolderProtocolError)) throw error;
      this.#lose(error);
    }
  }

  #count(bytes: number): void {
    this.#received += bytes;
    if (this.#received - this.#acked > HOLDER_WINDOW_BYTES + OUTPUT_BYTES)
      throw new HolderProtocolError('the holder sends more than its window');
  }

  #lose(cause?: Error): void {
    if (this.#closed) return;
    this.close();
    const said = this.#stderr.trim();
    this.#events?.lost(new Error(`The terminal's connection ended${said ? `: ${said}` : '.'}`, { cause }));
  }
}
