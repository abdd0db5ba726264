/** The sandbox room: opens and joins sandboxes and puts together the parts that keep them. */
import { Emitter, type Unsubscribe } from '../lib/emitter.ts';
import { NOBODY, SandboxError, type Sandbox, type SandboxEvent, type SandboxPlan } from './contract.ts';
import { figuresOf, type SandboxFigures } from './figures.ts';
import { Gate } from './gate.ts';
import { Healer } from './healer.ts';
import { Housekeeping } from './housekeeping.ts';
import { JobList } from './job-list.ts';
import { Lifecycle } from './lifecycle.ts';
import type { LiveSandbox, SandboxHooks } from './live-sandbox.ts';
import { MachineChanges } from './machine-changes.ts';
import { MachineWork } from './machine-work.ts';
import { machinesOf, newSandbox, type NewSandbox } from './new-sandbox.ts';
import { keepsDisks, SandboxPast } from './past.ts';
import { Presence } from './presence.ts';
import { Reaper } from './reaper.ts';
import { recover } from './recovery.ts';
import { Register } from './register.ts';
import { capacityFor, type SandboxesOptions, type SandboxRoom } from './room.ts';
import { Turns } from './turns.ts';
import { WarmPool } from './warm-pool.ts';

export type { SandboxesOptions, SandboxRoom } from './room.ts';

/** Machines that are being started at once: more only makes each of them slower. */
const STARTS_AT_ONCE = 3;
/** Whoever was there when the last server ended comes back first. */
const WARM_AFTER_MS = 2_000;
/** When others wait, a sandbox that nobody has used for so long goes to sleep early. */
const SPARE_AFTER_MS = 60_000;

/** Takes over what runs already; the machines outlive the server. */
export async function openSandboxes(options: SandboxesOptions): Promise<SandboxRoom> {
  const capacity =
    options.limits.capacity ?? capacityFor(await options.engine.nodes(), options.limits.machine);
  const house = new House(options, capacity, await keepsDisks(options.engine));
  await house.start();
  return house;
}

class House implements SandboxRoom {
  readonly past: SandboxPast;
  readonly ahead: WarmPool;
  readonly #options: SandboxesOptions;
  readonly #register: Register;
  readonly #plans = new Map<string, SandboxPlan>();
  readonly #events = new Emitter<SandboxEvent>();
  readonly #jobs: JobList;
  readonly #turns: Turns;
  readonly #work: MachineWork;
  readonly #lifecycle: Lifecycle;
  readonly #changes: MachineChanges;
  readonly #presence: Presence;
  readonly #reaper: Reaper;
  readonly #healer: Healer;
  readonly #housekeeping: Housekeeping;
  readonly #hooks: SandboxHooks = {
    changed: (sandbox) => this.#changes.tellChanged(sandbox),
    wanted: (sandbox) => this.#lifecycle.want(sandbox),
    presence: (sandbox) => this.#presence.changed(sandbox),
    queue: (sandbox) => this.#turns.queueOf(sandbox.id) ?? { place: 1, waitSeconds: 0 },
  };

  constructor(options: SandboxesOptions, capacity: number, keepsDisks: boolean) {
    const { engine, limits, clock, log, store } = options;
    const emit = (event: SandboxEvent) => this.#events.emit(event);
    const all = () => this.#register.all();
    const gate = new Gate(STARTS_AT_ONCE);
    this.#options = options;
    this.#register = new Register((id) => this.ahead.owns(id) || options.isKept?.(id) === true);
    this.#jobs = new JobList(log);
    this.#turns = new Turns({
      capacity,
      clock,
      usualTurnMs: limits.sleepAfterMs,
      onPressure: () => this.#spare(),
    });
    this.#work = new MachineWork({
      engine,
      limits: limits.machine,
      log,
      onMachineReady: options.onMachineReady ?? (async () => {}),
      planOf: ({ id, userId, lesson, seed }) =>
        (userId === NOBODY ? null : options.planFor?.(lesson, seed)) ?? this.#plans.get(id) ?? null,
    });
    const parts = { work: this.#work, turns: this.#turns, gate, jobs: this.#jobs, table: store.sandboxes };
    const [onQueue, reap] = [() => this.#tellQueue(), () => this.#reap()];
    const onReady = (sandbox: LiveSandbox) => this.#presence.arm(sandbox);
    this.#lifecycle = new Lifecycle({ ...parts, clock, log, emit, onReady, onQueue, reap });
    this.#changes = new MachineChanges({ ...parts, engine, log, emit, onQueue });
    this.past = new SandboxPast({
      engine,
      register: this.#register,
      jobs: this.#jobs,
      lifecycle: this.#lifecycle,
      admit: (userId) => this.#admit(userId),
      begin: (sandbox, plan) => this.#begin(sandbox, plan),
      isPossible: keepsDisks,
      emit,
    });
    this.#presence = new Presence({
      clock,
      sleepAfterMs: limits.sleepAfterMs,
      keepForMs: limits.keepForMs,
      sleep: (sandbox) => this.#lifecycle.sleep(sandbox),
      save: (sandbox) => this.#lifecycle.save(sandbox),
      tell: (sandbox) => emit({ type: 'presence', sandbox }),
    });
    this.ahead = new WarmPool({
      engine,
      size: limits.warmMachines,
      limits: limits.machine,
      turns: this.#turns,
      gate,
      clock,
      log,
      newId: () => this.#register.newId(),
      expected: options.expectedImages ?? [],
      tellReady: (sandbox, ref) => this.#work.tellReady(sandbox, ref),
    });
    this.#reaper = new Reaper(engine, this.#register, log);
    this.#healer = new Healer({
      engine,
      clock,
      log,
      all,
      heal: (sandbox, ref, outOfMemory) => this.#lifecycle.heal(sandbox, ref, outOfMemory),
      warm: () => this.ahead.refs(),
      lostWarm: (sandbox) => this.ahead.lost(sandbox),
    });
    this.#housekeeping = new Housekeeping({
      engine,
      clock,
      log,
      all,
      weigh: (sandbox, usage, ref) => this.past.weigh(sandbox, usage, ref),
      notice: (sandbox, notice, machine) => emit({ type: 'notice', sandbox, notice, machine }),
      changed: (sandbox) => emit({ type: 'changed', sandbox }),
      everyMinute: () => this.#everyMinute(),
      reap: () => this.#reaper.reap(),
    });
  }

  async start(): Promise<void> {
    const { clock, engine, limits, store } = this.#options;
    for (const sandbox of await recover({ engine, limits, table: store.sandboxes, hooks: this.#hooks })) {
      this.#register.add(sandbox);
      if (sandbox.state === 'ready') {
        this.#turns.hold(sandbox.id, sandbox.plan.length);
        // However long we were away: whoever was there gets the whole time to come back.
        sandbox.lastSeenAt = clock.now();
        this.#presence.arm(sandbox);
      } else {
        // It may have been half asleep, or half made, when the last server ended.
        this.#lifecycle.stopAsleep(sandbox);
      }
    }
    this.#healer.start();
    this.#housekeeping.start();
    this.#reap();
    this.ahead.refillLater(this.#register.all().some(({ state }) => state === 'ready') ? WARM_AFTER_MS : 0);
  }

  async open(userId: string, plan: SandboxPlan): Promise<Sandbox> {
    const joined = this.#register.find(userId, plan.lesson);
    if (joined) {
      this.#lifecycle.want(joined);
      return joined;
    }
    this.#admit(userId);
    const [only] = plan.machines;
    // Only a lone node1 with an engine is made ahead; and nobody who waits is overtaken.
    const isUsual = plan.machines.length === 1 && only!.name === 'node1' && only!.kind !== 'bare';
    const suits = isUsual && this.#turns.waiting === 0;
    const warm = suits ? this.ahead.take(only!.images) : null;
    const id = warm?.sandbox ?? this.#register.newId();
    const { lesson } = plan;
    return this.#begin({ id, userId, lesson, machines: machinesOf(plan), warm: warm?.ref }, plan);
  }

  get(id: string): Sandbox | null {
    return this.#register.get(id);
  }

  async wasClosed(id: string, userId: string): Promise<boolean> {
    if (this.#register.get(id)) return false;
    const record = await this.#options.store.sandboxes.get(id);
    return record?.state === 'closed' && record.userId === userId;
  }

  of(userId: string): Sandbox[] {
    return this.#register.of(userId);
  }

  all(): Sandbox[] {
    return this.#register.all();
  }

  async extend(id: string): Promise<void> {
    const sandbox = this.#register.need(id);
    this.#presence.seen(sandbox);
    this.#presence.arm(sandbox);
    this.#hooks.changed(sandbox);
  }

  async close(id: string): Promise<void> {
    const sandbox = this.#register.need(id);
    this.#register.startClosing(id);
    this.#presence.forget(sandbox);
    await this.#lifecycle.close(sandbox, () => {
      this.#register.endClosing(id);
      this.#plans.delete(id);
    });
  }

  async addMachine(id: string): Promise<void> {
    this.#changes.add(this.#register.need(id));
  }

  async removeMachine(id: string, machine: string): Promise<void> {
    this.#changes.remove(this.#register.need(id), machine);
  }

  adopt(guestId: string, userId: string): void {
    for (const sandbox of this.#register.of(guestId)) sandbox.userId = userId;
  }

  on(listener: (event: SandboxEvent) => void): Unsubscribe {
    return this.#events.on(listener);
  }

  figures(): SandboxFigures {
    return figuresOf(this.#register.all(), this.#turns, this.ahead, this.#options.limits);
  }

  settled(): Promise<void> {
    return this.#jobs.settled();
  }

  /** Sandboxes live on: the next server takes them over. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#presence.close();
    await Promise.all([this.#healer.close(), this.#housekeeping.close(), this.ahead.close()]);
    await this.#jobs.settled();
  }

  #admit(userId: string): void {
    const { sandboxesPerUser } = this.#options.limits;
    if (this.#register.of(userId).length < sandboxesPerUser) return;
    throw new SandboxError(
      'too_many_sandboxes',
      `You have ${sandboxesPerUser} sandboxes, and that is the limit. Close one of them to open another.`,
    );
  }

  /** Known from this moment on, so that whoever opens the same lesson now joins it. */
  async #begin(made: NewSandbox, plan: SandboxPlan | null): Promise<Sandbox> {
    const { clock, limits } = this.#options;
    const sandbox = newSandbox(made, { clock, limits, hooks: this.#hooks });
    this.#register.add(sandbox);
    if (plan) this.#plans.set(sandbox.id, plan);
    try {
      await this.#lifecycle.begin(sandbox, made.warm ?? null);
    } catch (error) {
      await this.close(sandbox.id);
      throw error;
    }
    return sandbox;
  }

  #reap(): void {
    this.#jobs.run('reaper', 'reap', async () => void (await this.#reaper.reap()));
  }

  /** Somebody waits: a machine made ahead goes, else the sandbox that has been left alone longest sleeps early. */
  #spare(): void {
    if (this.ahead.spare()) return;
    const idle = this.#register
      .all()
      .filter((sandbox) => sandbox.state === 'ready' && this.#presence.idleMs(sandbox) >= SPARE_AFTER_MS);
    const longest = idle.toSorted((a, b) => this.#presence.idleMs(b) - this.#presence.idleMs(a))[0];
    if (longest) this.#lifecycle.sleep(longest);
  }

  #tellQueue(): void {
    for (const sandbox of this.#register.all())
      if (sandbox.state === 'queued' || sandbox.coming.size > 0) this.#hooks.changed(sandbox);
  }

  #everyMinute(): void {
    if (this.#turns.waiting > 0) this.#spare();
    const now = this.#options.clock.now();
    for (const sandbox of this.#register.all())
      if (sandbox.state === 'asleep' && this.#turns.holds(sandbox.id)) this.#lifecycle.stopAsleep(sandbox);
      else if (sandbox.isPresent) this.#presence.seen(sandbox);
      else if (sandbox.keptUntil <= now)
        this.#jobs.run(`${sandbox.id} end`, 'close', () => this.close(sandbox.id));
  }
}
