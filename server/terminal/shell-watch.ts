/** Watches a copy of a shell's output for its title and its commands, and tells each command once. */
import { Bucket } from '../lib/bucket.ts';
import { OscReader } from './osc-reader.ts';
import { ShellMarks, type CommandEnded } from './shell-marks.ts';

export type ShellWatchOptions = {
  nonce: string;
  /** Commands that ended before this offset were told already; undefined: all that is replayed was. */
  toldTo: number | undefined;
  now(): Date;
  onCommand(command: CommandEnded): void;
  onTitle(title: string): void;
};

/**
 * Faster than anybody types, slower than a program that forges marks: a learner is root and can read the nonce, and
 * each command told is written down, checked against tasks and sent to every page.
 */
const TOLD = { burst: 100, perMinute: 600 };

export class ShellWatch {
  readonly #options: ShellWatchOptions;
  readonly #commands: Bucket;
  readonly #titles: Bucket;
  #reader = new OscReader();
  #marks: ShellMarks;
  #at = 0;
  #toldTo: number | undefined;
  #title = '';

  constructor(options: ShellWatchOptions) {
    this.#options = options;
    this.#toldTo = options.toldTo;
    this.#marks = new ShellMarks(options.nonce, options.now);
    this.#commands = new Bucket(TOLD, options.now().getTime());
    this.#titles = new Bucket(TOLD, options.now().getTime());
  }

  /** The last title that the shell or a program set; empty when none did. */
  get title(): string {
    return this.#title;
  }

  /** All commands that ended before this offset were told. */
  get toldTo(): number {
    return Math.max(this.#at, this.#toldTo ?? 0);
  }

  /**
   * What follows up to `offset` is a replay. After a restart of the server nobody knows which of its commands were
   * told: they count as told, since a command that is told late is worse than one that is missed.
   */
  replay(offset: number): void {
    this.#toldTo = this.#toldTo === undefined ? offset : Math.min(this.#toldTo, offset);
  }

  /** The stream begins anew at `offset`: what was half read is gone. */
  begin(offset: number): void {
    this.#reader = new OscReader();
    this.#marks = new ShellMarks(this.#options.nonce, this.#options.now);
    this.#at = offset;
  }

  read(bytes: Buffer): void {
    this.#reader.read(bytes, (payload, endsAt) => {
      const event = this.#marks.read(payload);
      if (event?.type === 'title' && event.title !== this.#title && this.#allows(this.#titles)) {
        this.#title = event.title;
        this.#options.onTitle(event.title);
      }
      const isNew = event?.type === 'command' && this.#at + endsAt > (this.#toldTo ?? 0);
      if (isNew && this.#allows(this.#commands)) this.#options.onCommand(event);
    });
    this.#at += bytes.length;
  }

  #allows(bucket: Bucket): boolean {
    return bucket.take(this.#options.now().getTime());
  }
}
