/** The whole house on the tests' own host, with the lessons of e2e/, and a learner who types in it. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openHouse, type House } from '#server/commands/house.ts';
import { guestMaker, type NewGuest } from '#server/commands/prove/guests.ts';
import { openTestHost, testConfig } from '#server/host/testing/test-host.ts';
import type { Host } from '#server/host/contract.ts';
import type { Sandbox, SandboxPlan } from '#server/sandbox/contract.ts';
import { Typist } from '#server/terminal/typist.ts';
import { systemClock } from '../../lib/clock.ts';
import { createLog } from '../../lib/log.ts';
import { within } from '../../lib/waiting.ts';
import type { History } from '../../protocol/history.ts';

const DATABASE = 'history-test.db';
const CONTENT = join(import.meta.dirname, '../../../e2e/content');
const WAIT_MS = 60_000;

export class RealHouse implements AsyncDisposable {
  readonly #host: Host;
  readonly #diskBytes: number | undefined;
  house!: House;
  newGuest!: NewGuest;
  /** What the house complained of. */
  readonly errors: string[] = [];

  private constructor(host: Host, diskBytes: number | undefined) {
    this.#host = host;
    this.#diskBytes = diskBytes;
  }

  static async open(options: { diskBytes?: number } = {}): Promise<RealHouse> {
    const real = new RealHouse(await openTestHost(), options.diskBytes);
    await real.#removeDatabase();
    await real.start();
    return real;
  }

  async start(): Promise<void> {
    const config = testConfig();
    const { machine } = config;
    const log = createLog({ level: 'error', write: (line) => void this.errors.push(line) });
    this.house = await openHouse({
      config: {
        ...config,
        contentDirectories: [CONTENT],
        warmMachines: 0,
        machine: { ...machine, diskBytes: this.#diskBytes ?? machine.diskBytes },
      },
      host: this.#host,
      clock: systemClock,
      log,
      database: DATABASE,
    });
    this.newGuest = guestMaker(this.house, log);
  }

  /** The server ends and another one starts; machines live on. */
  async restart(): Promise<void> {
    await this.house[Symbol.asyncDispose]();
    await this.start();
  }

  async opens(lesson: string): Promise<Visit> {
    const definition = this.house.lessons.definition({ course: 'e2e', lesson });
    if (!definition) throw new Error(`no lesson ${lesson}`);
    return this.visits(await this.house.sandboxes.open(await this.newGuest(), definition.plan));
  }

  async opensPlayground(images: string[] = []): Promise<Visit> {
    const plan: SandboxPlan = { lesson: null, machines: [{ name: 'node1', images, files: [] }] };
    return this.visits(await this.house.sandboxes.open(await this.newGuest(), plan));
  }

  async visits(sandbox: Sandbox): Promise<Visit> {
    const visit = new Visit(this, sandbox.id);
    await visit.isReady();
    return visit;
  }

  /** Closes what a test left open. */
  async clear(): Promise<void> {
    for (const { id } of this.house.sandboxes.all()) await this.house.sandboxes.close(id);
    await this.house.sandboxes.settled();
    await this.house.histories.settled();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.clear();
    for (const { id } of await this.house.store.history.goldens()) await this.house.sandboxes.past.forget(id);
    await this.house[Symbol.asyncDispose]();
    await this.#removeDatabase();
  }

  async #removeDatabase(): Promise<void> {
    for (const ending of ['', '-wal', '-shm'])
      await rm(join(testConfig().dataDirectory, `${DATABASE}${ending}`), { force: true });
  }
}

/** A learner in a sandbox. */
export class Visit {
  readonly #real: RealHouse;
  readonly id: string;

  constructor(real: RealHouse, id: string) {
    this.#real = real;
    this.id = id;
  }

  get sandbox(): Sandbox {
    const sandbox = this.#real.house.sandboxes.get(this.id);
    if (!sandbox) throw new Error('the sandbox is closed');
    return sandbox;
  }

  get history() {
    return this.#real.house.histories;
  }

  /** Also that its engines have been looked into. */
  async isReady(): Promise<void> {
    const { worlds } = this.#real.house;
    const presence = this.sandbox.enter();
    await this.sandbox.ready(AbortSignal.timeout(WAIT_MS));
    for (const machine of this.sandbox.machines.keys()) {
      const isSeen = () => worlds.get(this.id, machine)?.connected === true;
      await within(WAIT_MS, `${machine} to be looked at`, isSeen, (check) => worlds.on(check));
    }
    await this.history.settled();
    presence[Symbol.dispose]();
  }

  /** Until what is kept is so. */
  async keeps(is: (history: History) => boolean): Promise<History> {
    let last = await this.history.of(this.id);
    await within(
      WAIT_MS,
      'something to be kept',
      () => is(last),
      (check) =>
        this.history.on((event) => {
          if (event.type !== 'changed' || event.sandbox !== this.id) return;
          last = event.history;
          check();
        }),
    );
    return last;
  }

  /** In the terminal, as a learner. */
  async types(...lines: string[]): Promise<void> {
    using typist = new Typist(this.#real.house.terminals, this.id);
    for (const text of lines) await typist.type({ machine: 'node1', text });
  }

  /** Beside the terminal; it must succeed, and says what it printed. */
  async runs(line: string, machine = 'node1'): Promise<string> {
    const ref = this.sandbox.machines.get(machine);
    if (!ref) throw new Error(`${machine} is not up`);
    const { code, stdout, stderr } = await this.#real.house.engine.run(ref, {
      command: ['bash', '-c', line],
      asLearner: true,
      timeoutMs: WAIT_MS,
    });
    if (code !== 0) throw new Error(`\`${line}\` ended with ${code}: ${stderr}`);
    return stdout.trim();
  }

  async rewinds(snapshot: string): Promise<void> {
    await this.history.rewind(this.id, { to: 'snapshot', snapshot });
    await this.isReady();
  }
}
