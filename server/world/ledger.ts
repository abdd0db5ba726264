/** What events have told and we have not looked at yet. Bounded: beyond that, everything is looked at anew. */
import type { Container } from './contract.ts';
import type { EngineEvent } from './engine-events.ts';

/** Container actions that change nothing we keep. */
const SILENT = /^(exec_|top|resize|attach|detach|export|archive-path|extract-to-dir|copy|health_status)/;
const MAX_NOTED = 300;

export type Due = {
  /** Look at everything. */
  all: boolean;
  containers: Set<string>;
  /** Removed, with the little that the event said of them. */
  destroyed: Map<string, Container>;
  images: boolean;
  volumes: boolean;
  networks: boolean;
};

export class Ledger {
  #due = nothing();
  /** Exit codes by container: a container that removes itself tells it only in an event. */
  readonly #exitCodes = new Map<string, number>();

  get isEmpty(): boolean {
    const { all, containers, destroyed, images, volumes, networks } = this.#due;
    return !(all || images || volumes || networks || containers.size > 0 || destroyed.size > 0);
  }

  noteAll(): void {
    this.#due.all = true;
  }

  note(event: EngineEvent): void {
    const due = this.#due;
    if (event.Type === 'container') this.#noteContainer(event);
    else if (event.Type === 'image') due.images = true;
    else if (event.Type === 'volume') due.volumes ||= !/^(un)?mount$/.test(event.Action);
    else if (event.Type === 'network') {
      const { container } = event.Actor.Attributes;
      if (container && /^(dis)?connect$/.test(event.Action)) this.#look(container);
      else due.networks = true;
    }
  }

  /** Hands over what is due and starts a clean page. */
  take(): Due {
    const due = this.#due;
    this.#due = nothing();
    return due;
  }

  exitCodeOf(id: string): number | null {
    return this.#exitCodes.get(id) ?? null;
  }

  #noteContainer(event: EngineEvent): void {
    const { Action: action, Actor: actor } = event;
    const { ID: id, Attributes: attributes } = actor;
    if (!/^[0-9a-f]{64}$/.test(id) || SILENT.test(action)) return;
    if (action === 'die') this.#remember(id, Number(attributes.exitCode));
    if (action === 'commit') this.#due.images = true;
    if (action !== 'destroy') return this.#look(id);
    this.#due.containers.delete(id);
    if (this.#due.destroyed.size >= MAX_NOTED) return;
    const { name = '', image = '' } = attributes;
    this.#due.destroyed.set(id, goneContainer({ id, name, image, exitCode: this.exitCodeOf(id) }));
  }

  #look(id: string): void {
    if (this.#due.containers.size >= MAX_NOTED) this.#due.all = true;
    else this.#due.containers.add(id);
  }

  #remember(id: string, exitCode: number): void {
    if (!Number.isInteger(exitCode)) return;
    // Deleted first, so that the newest stand at the end and the oldest are forgotten.
    this.#exitCodes.delete(id);
    this.#exitCodes.set(id, exitCode);
    const [oldest] = this.#exitCodes.keys();
    if (this.#exitCodes.size > MAX_NOTED && oldest !== undefined) this.#exitCodes.delete(oldest);
  }
}

function nothing(): Due {
  return {
    all: false,
    containers: new Set(),
    destroyed: new Map(),
    images: false,
    volumes: false,
    networks: false,
  };
}

/** All that can be said of a container that was gone before we could look. */
function goneContainer(known: {
  id: string;
  name: string;
  image: string;
  exitCode: number | null;
}): Container {
  return {
    ...known,
    imageId: null,
    state: known.exitCode === null ? 'created' : 'exited',
    outOfMemory: false,
    command: [],
    ports: [],
    env: {},
    labels: {},
    mounts: [],
    networks: [],
    addresses: [],
    networkMode: '',
    pidMode: '',
    restartPolicy: 'no',
    limits: { memoryBytes: 0, cpus: 0, pids: null },
    user: '',
    readOnlyRoot: false,
    capAdd: [],
    capDrop: [],
    createdAt: null,
    startedAt: null,
  };
}
