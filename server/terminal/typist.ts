/** Types into the terminals of one sandbox without a browser, one command after the other. */
import { within } from '../lib/waiting.ts';
import type { Terminals, Viewer, ViewerEvents } from './contract.ts';

const TERMINAL = '1';
const SCREEN = { cols: 120, rows: 40 };
/** Pulls and builds are the slowest things that lessons do. */
const COMMAND_MS = 120_000;

export class Typist implements Disposable {
  readonly #terminals: Pick<Terminals, 'attach' | 'onCommand'>;
  readonly #sandbox: string;
  /** One on each machine that something was typed on. */
  readonly #viewers = new Map<string, Viewer>();

  constructor(terminals: Pick<Terminals, 'attach' | 'onCommand'>, sandbox: string) {
    this.#terminals = terminals;
    this.#sandbox = sandbox;
  }

  /** Resolves when the shell says that the command has ended; rejects when that takes too long. */
  async type({ machine, text }: { machine: string; text: string }): Promise<void> {
    const viewer = await this.#viewer(machine);
    let ended = false;
    const stop = this.#terminals.onCommand(({ sandbox, command }) => {
      if (sandbox === this.#sandbox && command.machine === machine) ended = true;
    });
    try {
      viewer.write(Buffer.from(`${text.replaceAll('\n', '\r')}\r`));
      const hears = (check: () => void) => this.#terminals.onCommand(check);
      await within(COMMAND_MS, `“${text}” to end`, () => ended, hears);
    } finally {
      stop();
    }
  }

  [Symbol.dispose](): void {
    for (const viewer of this.#viewers.values()) viewer.close();
  }

  async #viewer(machine: string): Promise<Viewer> {
    const open = this.#viewers.get(machine);
    if (open) return open;
    let viewer: Viewer | null = null;
    const events: ViewerEvents = {
      ready() {},
      output: (chunk) => viewer?.ack(chunk.length),
      title() {},
      exit() {},
      lost() {},
      viewers() {},
      size() {},
    };
    const key = { sandbox: this.#sandbox, machine, terminal: TERMINAL };
    viewer = await this.#terminals.attach(key, { ...SCREEN, offset: undefined, readOnly: false }, events);
    this.#viewers.set(machine, viewer);
    return viewer;
  }
}
