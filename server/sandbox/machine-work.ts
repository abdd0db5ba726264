/** What is done to the machines of one sandbox: make them with what a lesson lays into them, wake, put to sleep, remove. */
import {
  EngineError,
  type Engine,
  type ImagesProgress,
  type MachineLimits,
  type MachineRef,
} from '../engine/contract.ts';
import type { Log } from '../lib/log.ts';
import type { PreparingStage } from '../protocol/sandbox.ts';
import type { SandboxPlan } from './contract.ts';
import type { LiveSandbox, MachinePlan } from './live-sandbox.ts';
import { introduce } from './neighbours.ts';
import { runSetupScript } from './setup-script.ts';
import { packTar } from './tar.ts';

const LAY_TIMEOUT_MS = 60_000;
/** What ran is started again; a machine whose containers take longer is ready without waiting for them. */
const START_TIMEOUT_MS = 10_000;

/** A machine that was made; `fresh`: with nothing in it yet that a lesson's script would lay. */
type Made = { ref: MachineRef; fresh: boolean };

export type MachineWorkOptions = {
  engine: Engine;
  limits: MachineLimits;
  log: Log;
  /** A machine's engine answers for the first time and its files are there; done before a learner sees it. */
  onMachineReady: (sandbox: string, ref: MachineRef) => Promise<void>;
  /** The lesson's files; null where the lesson is gone. */
  planOf: (sandbox: LiveSandbox) => SandboxPlan | null;
};

export type StageReport = (stage: PreparingStage, done: number, total: number) => void;

export class MachineWork {
  readonly #options: MachineWorkOptions;

  constructor(options: MachineWorkOptions) {
    this.#options = options;
  }

  /** Everything that a new sandbox needs, from images to files. */
  async make(sandbox: LiveSandbox, report: StageReport): Promise<MachineRef[]> {
    const { engine } = this.#options;
    const progress: ImagesProgress = ({ done, total }) => report('images', done, total);
    for (const { images, kind, from } of sandbox.plan)
      if (!from) await engine.prepareImages(images, { kind, progress });
    report('machine', 0, sandbox.plan.length);
    await engine.createNetwork(sandbox.id);
    let done = 0;
    const made = await Promise.all(
      sandbox.plan.map(async (machine) => {
        const one = await this.#makeOne(sandbox, machine);
        report('machine', ++done, sandbox.plan.length);
        return one;
      }),
    );
    await this.#setUp(sandbox, made);
    const refs = made.map(({ ref }) => ref);
    await this.#introduce(sandbox, refs);
    return refs;
  }

  /** One machine more beside those that are up, bare of all but an engine; its sandbox's plan does not name it yet. */
  async add(sandbox: LiveSandbox, machine: MachinePlan): Promise<MachineRef> {
    await this.#options.engine.prepareImages(machine.images);
    const { ref } = await this.#makeOne(sandbox, machine);
    await this.tellReady(sandbox.id, ref);
    await this.#introduce(sandbox, [...sandbox.up.values(), ref]);
    return ref;
  }

  /** Tells those that are up now of each other, also the only one: there may have been more. */
  async introduce(sandbox: LiveSandbox): Promise<void> {
    const refs = [...sandbox.up.values()];
    if (refs.length > 0) await introduce(this.#options.engine, refs, this.#options.log);
  }

  /** Starts what sleeps; a machine that is gone for good is made anew. */
  async wake(sandbox: LiveSandbox, report: StageReport): Promise<{ refs: MachineRef[]; remade: string[] }> {
    const remade = new Map<string, Made>();
    const stage = sandbox.isRewinding ? 'rewinding' : 'waking';
    let done = 0;
    report(stage, 0, sandbox.plan.length);
    const refs = await Promise.all(
      sandbox.plan.map(async (machine) => {
        const ref = await this.#wakeOne(sandbox, machine, (made) => remade.set(machine.name, made));
        report(stage, ++done, sandbox.plan.length);
        return ref;
      }),
    );
    await this.#setUp(sandbox, [...remade.values()]);
    await this.#introduce(sandbox, refs);
    return { refs, remade: [...remade].flatMap(([name, { fresh }]) => (fresh ? [name] : [])) };
  }

  /** Lays what the lesson has for it into a machine that was made ahead. */
  async furnish(sandbox: LiveSandbox, ref: MachineRef): Promise<void> {
    await this.#layFiles(sandbox, ref);
    await this.#runScript(sandbox, ref);
  }

  /** All stop at once; what is gone already needs no stop. */
  async stop(sandbox: LiveSandbox): Promise<void> {
    await Promise.all(
      [...sandbox.known.values()].map((ref) => ignoreUnknown(this.#options.engine.stopMachine(ref))),
    );
  }

  async remove(sandbox: LiveSandbox): Promise<void> {
    const { engine } = this.#options;
    await Promise.all([...sandbox.known.values()].map((ref) => engine.removeMachine(ref)));
    await engine.removeNetwork(sandbox.id);
  }

  /** Puts the lesson's files into /root. The archive is unpacked by the machine's own tar, inside. */
  async #layFiles(sandbox: LiveSandbox, ref: MachineRef): Promise<void> {
    const files = this.#planOf(sandbox, ref)?.files ?? [];
    if (files.length === 0) return;
    const { code, stderr } = await this.#options.engine.run(ref, {
      command: ['tar', '--extract', '--no-same-owner', '--directory', '/root'],
      input: packTar(files),
      timeoutMs: LAY_TIMEOUT_MS,
    });
    if (code === 0) return;
    const full = /no space|quota exceeded/i.test(stderr);
    throw new EngineError(
      full ? 'disk_full' : 'machine_unreachable',
      `The lesson's files could not be laid into ${ref.machine}: ${stderr.slice(0, 500)}`,
    );
  }

  /** Tells the hook; a machine without its prepared shell still is a machine. */
  async tellReady(sandbox: string, ref: MachineRef): Promise<void> {
    try {
      await this.#options.onMachineReady(sandbox, ref);
    } catch (error) {
      this.#options.log.warn('a new machine could not be made comfortable', { sandbox, error });
    }
  }

  /** One after another in the order of the plan: a later machine may build upon what an earlier one offers by then. */
  async #setUp(sandbox: LiveSandbox, made: readonly Made[]): Promise<void> {
    for (const { name } of sandbox.plan)
      for (const { ref, fresh } of made)
        if (fresh && ref.machine === name) await this.#runScript(sandbox, ref);
    await Promise.all([
      ...made.map(({ ref }) => this.tellReady(sandbox.id, ref)),
      ...sandbox.plan.map((machine) => this.#startAgain(sandbox, machine)),
    ]);
  }

  /** Containers that ran when the machine was kept. One that cannot start any more is left as it is. */
  async #startAgain(sandbox: LiveSandbox, machine: MachinePlan): Promise<void> {
    const { engine, log } = this.#options;
    const ref = sandbox.known.get(machine.name);
    const { running = [] } = machine.from ?? {};
    // From here on its life is an ordinary one.
    delete machine.from;
    if (!ref || running.length === 0) return;
    try {
      const command = ['docker', 'start', ...running];
      const { code, stderr } = await engine.run(ref, { command, timeoutMs: START_TIMEOUT_MS });
      if (code !== 0) log.info('not all containers run again', { sandbox: sandbox.id, stderr });
    } catch (error) {
      log.warn('containers could not be started again', { sandbox: sandbox.id, error });
    }
  }

  async #introduce(sandbox: LiveSandbox, refs: readonly MachineRef[]): Promise<void> {
    const bare = new Set(sandbox.plan.flatMap(({ name, kind }) => (kind === 'bare' ? [name] : [])));
    const engines = refs.filter(({ machine }) => !bare.has(machine));
    if (engines.length < 2 || this.#options.planOf(sandbox)?.contexts === false) return;
    await introduce(this.#options.engine, engines, this.#options.log);
  }

  async #runScript(sandbox: LiveSandbox, ref: MachineRef): Promise<void> {
    const script = this.#planOf(sandbox, ref)?.setup;
    if (script !== undefined) await runSetupScript(this.#options.engine, ref, script);
  }

  #planOf(sandbox: LiveSandbox, ref: MachineRef): SandboxPlan['machines'][number] | undefined {
    return this.#options.planOf(sandbox)?.machines.find(({ name }) => name === ref.machine);
  }

  async #makeOne(sandbox: LiveSandbox, machine: MachinePlan): Promise<Made> {
    const { engine, log } = this.#options;
    if (machine.from) {
      try {
        return { ref: await this.#create(sandbox, machine), fresh: false };
      } catch (error) {
        if (!(error instanceof EngineError && error.code === 'snapshot_unknown')) throw error;
        log.warn('what a machine should begin with is gone', { sandbox: sandbox.id, error });
        delete machine.from;
        await engine.prepareImages(machine.images, { kind: machine.kind });
      }
    }
    const ref = await this.#create(sandbox, machine);
    await this.#layFiles(sandbox, ref);
    return { ref, fresh: true };
  }

  async #create(sandbox: LiveSandbox, machine: MachinePlan): Promise<MachineRef> {
    const { name, generation, kind, images, from } = machine;
    const { engine, limits } = this.#options;
    const spec = { sandbox: sandbox.id, machine: name, generation, kind, images, limits };
    const ref = await engine.createMachine({ ...spec, snapshot: from });
    sandbox.known.set(name, ref);
    return ref;
  }

  async #wakeOne(
    sandbox: LiveSandbox,
    machine: MachinePlan,
    onRemade: (made: Made) => void,
  ): Promise<MachineRef> {
    const ref = sandbox.known.get(machine.name);
    if (ref && (await this.#isStarted(ref))) return ref;
    const { engine, log } = this.#options;
    // Who goes back has raised it already.
    if (!machine.from) {
      log.warn('a machine is gone and is made anew', { sandbox: sandbox.id, machine: machine.name });
      machine.generation++;
      await engine.prepareImages(machine.images, { kind: machine.kind });
    }
    await engine.createNetwork(sandbox.id);
    const made = await this.#makeOne(sandbox, machine);
    onRemade(made);
    return made.ref;
  }

  /** False where the machine is gone for good. */
  async #isStarted(ref: MachineRef): Promise<boolean> {
    try {
      await this.#options.engine.startMachine(ref);
      return true;
    } catch (error) {
      if (error instanceof EngineError && error.code === 'machine_unknown') return false;
      throw error;
    }
  }
}

async function ignoreUnknown(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof EngineError && error.code === 'machine_unknown')) throw error;
  }
}
