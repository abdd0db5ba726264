/** The names that machines call each other by: one hosts file per sandbox, read by our DNS server as it appears. */
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../lib/log.ts';
import { KeyedLock } from '../../lib/keyed-lock.ts';

export class Names {
  readonly #directory: string;
  readonly #pidFile: string;
  readonly #log: Log;
  readonly #turn = new KeyedLock();

  constructor(options: { directory: string; pidFile: string; log: Log }) {
    this.#directory = options.directory;
    this.#pidFile = options.pidFile;
    this.#log = options.log;
  }

  /** Adds `machine.sandbox.drydock`. */
  add(sandbox: string, machine: string, address: string): Promise<void> {
    return this.#turn.run(sandbox, () => this.#add(sandbox, machine, address));
  }

  remove(sandbox: string): Promise<void> {
    return this.#turn.run(sandbox, () => this.#remove(sandbox));
  }

  /** Takes `machine.sandbox.drydock` away again. Fine when there is none. */
  removeMachine(sandbox: string, machine: string): Promise<void> {
    return this.#turn.run(sandbox, () => this.#removeMachine(sandbox, machine));
  }

  async sandboxes(): Promise<string[]> {
    const names = await readdir(this.#directory);
    return names.filter((name) => /^[a-z2-7]{8}$/.test(name));
  }

  async #add(sandbox: string, machine: string, address: string): Promise<void> {
    const line = `${address} ${machine}.${sandbox}.drydock\n`;
    const before = await this.#read(sandbox);
    if (!before.includes(line)) await this.#write(sandbox, before + line);
  }

  async #removeMachine(sandbox: string, machine: string): Promise<void> {
    const before = await this.#read(sandbox);
    const lines = before.split('\n').filter((line) => !line.endsWith(` ${machine}.${sandbox}.drydock`));
    const after = lines.join('\n');
    if (after === before) return;
    if (after === '') return this.#remove(sandbox);
    await this.#write(sandbox, after);
    await this.#forget();
  }

  /** Empty where there is none. */
  #read(sandbox: string): Promise<string> {
    return readFile(join(this.#directory, sandbox), 'utf8').catch(() => '');
  }

  async #write(sandbox: string, text: string): Promise<void> {
    // A name that starts with a dot is not read: dnsmasq must never see half a file.
    const unfinished = join(this.#directory, `.${sandbox}`);
    await writeFile(unfinished, text, { mode: 0o644 });
    await rename(unfinished, join(this.#directory, sandbox));
  }

  async #remove(sandbox: string): Promise<void> {
    const path = join(this.#directory, sandbox);
    const before = await readFile(path, 'utf8').catch(() => null);
    if (before === null) return;
    await rm(path, { force: true });
    await this.#forget();
  }

  /** dnsmasq(8): new files are seen at once, removed ones only at SIGHUP. */
  async #forget(): Promise<void> {
    try {
      const pid = Number((await readFile(this.#pidFile, 'utf8')).trim());
      if (!Number.isSafeInteger(pid) || pid <= 1) throw new Error(`${this.#pidFile} holds no process id`);
      process.kill(pid, 'SIGHUP');
    } catch (error) {
      // A stale name leads to an address that nobody has: worth a word, not a failure.
      this.#log.warn('the DNS server was not told of a removed name', { error });
    }
  }
}
