/** One machine's builds: asks its BuildKit for those that ended since, and compares each with the one before. */
import { type Engine, EngineError, type MachineRef } from '#server/engine/contract.ts';
import { Allowance } from '#server/world/allowance.ts';
import { InnerApi } from '#server/world/inner-api.ts';
import type { Clock } from '../lib/clock.ts';
import { BUILD_LIMITS, buildIdSchema, type Build } from '../protocol/builds.ts';
import { parseDockerfile } from './dockerfile.ts';
import { Grpc, GrpcError } from './grpc.ts';
import { type BuildRecord, readDockerfile, readRecords, readWent, type Vertex } from './history.ts';
import { layerBytes } from './layers.ts';
import { askEngine, findBases } from './bases.ts';
import { findPlace, lookAtContext } from './remains.ts';
import { joinSteps, type Step } from './steps.ts';
import { asBuild, type KnownBuild } from './view.ts';
import { whyRun } from './why.ts';

const DOCKER_SOCKET = '/var/run/docker.sock';
/** Files of a context say something of a build only where they are looked at as it ends. */
const FRESH_MS = 20_000;
/** Of contexts that are kept; each knows a thousand files at most. */
const CONTEXTS_KEPT = 3;
const UNREADABLE_KEPT = 50;
const READ_BYTES = { most: 4 * 1024 * 1024, perSecond: 256 * 1024 };

export type MachineBuildsOptions = {
  engine: Pick<Engine, 'dial' | 'run'>;
  ref: MachineRef;
  clock: Clock;
};

export class MachineBuilds {
  readonly #options: MachineBuildsOptions;
  readonly #allowance: Allowance;
  /** Oldest first. */
  #known: KnownBuild[] = [];
  /** Builds of which BuildKit tells nothing that can be read: never asked for again. */
  #unreadable = new Set<string>();

  constructor(options: MachineBuildsOptions) {
    this.#options = options;
    this.#allowance = new Allowance(options.clock, READ_BYTES);
  }

  /** Oldest first. */
  get builds(): readonly Build[] {
    return this.#known.map(({ build }) => build);
  }

  /** Answers with those that were not known before, oldest first. Rejects where the engine cannot be asked. */
  async look(): Promise<Build[]> {
    const { engine, ref } = this.#options;
    using grpc = await Grpc.over(await engine.dial(ref, { socket: DOCKER_SOCKET }));
    const records = (await readRecords(grpc)).filter(({ ref }) => buildIdSchema.safeParse(ref).success);
    const fresh = records
      .slice(-BUILD_LIMITS.kept)
      .filter((record) => !this.#unreadable.has(record.ref))
      .filter((record) => !this.#known.some(({ build }) => build.id === record.ref));
    const found: Build[] = [];
    for (const record of fresh) {
      try {
        found.push((await this.#take(grpc, record)).build);
      } catch (error) {
        // One that cannot be read hides no others; without the machine there is nothing to go on with.
        if (error instanceof EngineError || (error instanceof GrpcError && error.code === 'lost'))
          throw error;
        this.#unreadable = new Set([...this.#unreadable, record.ref].slice(-UNREADABLE_KEPT));
      }
    }
    return found;
  }

  async #take(grpc: Grpc, record: BuildRecord): Promise<KnownBuild> {
    const { engine, ref } = this.#options;
    using api = new InnerApi(() => engine.dial(ref, { socket: DOCKER_SOCKET }), this.#allowance);
    const went = await readWent(grpc, record.ref);
    const text = await readDockerfile(grpc, record);
    const dockerfile = text === null ? null : parseDockerfile(text);
    const place = await findPlace(engine, ref, record.ref);
    const isFresh = this.#options.clock.now().getTime() - record.endedAtMs < FRESH_MS;
    const context = isFresh && place ? await lookAtContext(engine, ref, place) : null;
    const bases = isFresh ? await findBases(api, went.vertexes) : new Map<string, string>();
    const failed = record.error !== null;
    const steps = joinSteps(dockerfile, went.vertexes, { failed, failedLine: record.failedIn?.line ?? null });
    const now = { ...went, record, place, steps, context, bases };
    const before = this.#known.findLast((one) => keyOf(one) === keyOf(now)) ?? null;
    const target = record.attributes.get('target') ?? null;
    const history = went.image && (await askEngine(api, `/images/${went.image}/history`));
    const build = asBuild({
      ...now,
      machine: ref.machine,
      text,
      first: before === null,
      why: new Map(steps.map((step) => [step, whyRun(step, now, before)] as const)),
      bytes: dockerfile && layerBytes(dockerfile, target, history),
    });
    const known = { ...now, steps: steps.map(withoutWords), vertexes: went.vertexes.map(quiet), build };
    this.#keep(known);
    return known;
  }

  #keep(known: KnownBuild): void {
    const all = [...this.#known, known].slice(-BUILD_LIMITS.kept);
    // Only the newest of each Dockerfile is ever compared with.
    const last = new Map(all.map((one) => [keyOf(one), one] as const));
    const compared = new Set([...last.values()].slice(-CONTEXTS_KEPT));
    this.#known = all.map((one) => (compared.has(one) ? one : { ...one, context: null }));
  }
}

/** What a step said is in what the page is told, and takes room that a machine could fill. */
const quiet = (vertex: Vertex): Vertex => ({ ...vertex, said: [], error: null });
const withoutWords = (step: Step): Step => ({ ...step, vertex: step.vertex && quiet(step.vertex) });

/** Where nobody knows the path, by its name, and by what was made of it. */
function keyOf({ record, place, name }: Pick<KnownBuild, 'record' | 'place' | 'name'>): string {
  return place?.dockerfile ?? `${record.attributes.get('filename') ?? ''} ${name ?? ''}`;
}
