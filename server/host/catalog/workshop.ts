/** Where a catalog is being built: a fresh Debian, layers that grow on it, and the storage they are packed into. */
import { readFile, rename, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { compileProgram } from '../machine/compile.ts';
import { bootstrapDebian, type Bootstrap } from './bootstrap.ts';
import type { CatalogImage } from './catalog-index.ts';
import { compileAlone, layOutContext } from './context.ts';
import { DEFINITIONS, definitionOf, PROVENANCE, type ImageDefinition } from './definitions.ts';
import { parseDockerfile, type Stage } from './dockerfile.ts';
import { basesOf, configOf, growImage, type GrownImage } from './image-build.ts';
import { LayerTrees } from './layer-tree.ts';
import { manifestJson } from './manifest.ts';
import { createPermits } from './permits.ts';
import { RegistryStore, type Layer } from './registry-store.ts';
import { tarDirectory } from './tar.ts';
import { upstreamVersion } from './tags.ts';

const FILES = join(import.meta.dirname, 'files');
const DEBIAN = 'library/debian';
/** What Debian and image configs call this processor, by Node's name for it. */
const ARCHITECTURES: Partial<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

type Place = { context: string; apt: string; trees: string };

export class Workshop {
  readonly #place: Place;
  readonly #trees: LayerTrees;
  readonly #store: RegistryStore;
  readonly #bootstrap: Bootstrap;
  /** Upstream version by package. */
  readonly #versions = new Map<string, string>();
  readonly #grown = new Map<ImageDefinition, Promise<GrownImage>>();
  readonly #packed = new Map<string, Promise<Layer>>();
  // Installing waits for the mirror now and then: one more at a time keeps every processor busy.
  readonly #growing = createPermits(availableParallelism() + 1);
  readonly #packing = createPermits(availableParallelism());

  private constructor(place: Place, output: string, bootstrap: Bootstrap) {
    this.#place = place;
    this.#bootstrap = bootstrap;
    this.#store = new RegistryStore(output);
    const script = join(FILES, 'build/in-layer.sh');
    const { epochSeconds } = bootstrap;
    this.#trees = new LayerTrees({ directory: place.trees, apt: place.apt, script, epochSeconds });
  }

  /** Bootstraps Debian below `work`; images will be stored below `output`. */
  static async open(work: string, output: string): Promise<Workshop> {
    const place = { context: join(work, 'context'), apt: join(work, 'apt'), trees: join(work, 'trees') };
    await layOutContext(FILES, place.context);
    await compileAlone(join(place.context, 'hello-world/hello.c'), join(place.context, 'hello-world/hello'));
    await compileProgram({
      sources: join(place.context, 'whoami'),
      output: join(place.context, 'whoami/whoami'),
    });
    const bootstrap = await bootstrapDebian({
      rootfs: join(place.context, 'debian/rootfs'),
      overlay: join(place.context, 'debian/overlay'),
      apt: place.apt,
      tidy: join(FILES, 'build/tidy.sh'),
    });
    const workshop = new Workshop(place, output, bootstrap);
    await workshop.#findVersions();
    return workshop;
  }

  /** Grows, packs and stores one image with all it stands on. */
  async build(definition: ImageDefinition): Promise<CatalogImage> {
    const image = await this.#grow(definition);
    const version = this.#versionOf(definition);
    const layers = await Promise.all(image.stack.map((id) => this.#pack(id)));
    const config = configOf({
      image,
      architecture: architecture(),
      labels: {
        'org.opencontainers.image.title': definition.repository.replace(/^library\//, ''),
        'org.opencontainers.image.description': `${definition.description.en}; ${PROVENANCE}`,
        ...(version ? { 'org.opencontainers.image.version': version } : {}),
      },
      createdSeconds: this.#bootstrap.epochSeconds,
      diffIds: new Map(image.stack.map((id, index) => [id, layers[index]!.diffId])),
    });
    const configBlob = await this.#store.addBlob(JSON.stringify(config));
    const manifest = await this.#store.addBlob(manifestJson({ config: configBlob, layers }));
    const tags = definition.tags(version);
    const blobs = [configBlob, ...layers];
    await this.#store.link({ repository: definition.repository, tags, manifest, blobs });
    return {
      repository: definition.repository,
      tags,
      description: definition.description,
      digest: manifest.digest,
      compressedBytes: blobs.reduce((sum, blob) => sum + blob.size, 0),
    };
  }

  #grow(definition: ImageDefinition): Promise<GrownImage> {
    const started = this.#grown.get(definition) ?? this.#growNow(definition);
    this.#grown.set(definition, started);
    return started;
  }

  async #growNow(definition: ImageDefinition): Promise<GrownImage> {
    const context = join(this.#place.context, definition.folder);
    const stages = await this.#readStages(definition, context);
    // Bases first, and without a permit: waiting for them must not keep them from being built.
    const bases = new Map<string, GrownImage>();
    for (const reference of basesOf(stages)) bases.set(reference, await this.#grow(definitionOf(reference)));
    return this.#growing(() => growImage({ stages, context, bases, trees: this.#trees }));
  }

  async #readStages(definition: ImageDefinition, context: string): Promise<Stage[]> {
    const source = await readFile(join(context, 'Dockerfile'), 'utf8');
    return parseDockerfile(source, { VERSION: this.#versionOf(definition) });
  }

  #pack(id: string): Promise<Layer> {
    const archive = () => tarDirectory(this.#trees.files(id), this.#bootstrap.epochSeconds);
    const started = this.#packed.get(id) ?? this.#packing(() => this.#store.addLayer(archive()));
    this.#packed.set(id, started);
    return started;
  }

  #versionOf(definition: ImageDefinition): string {
    if (definition.repository === DEBIAN) return this.#bootstrap.release;
    return this.#versions.get(definition.package ?? '') ?? definition.version ?? '';
  }

  /** Asks apt, and keeps the caches that it makes on the way: later steps need not read all lists again. */
  async #findVersions(): Promise<void> {
    const debian = await this.#grow(definitionOf('debian'));
    const packages = DEFINITIONS.flatMap((definition) => definition.package ?? []);
    const command = `apt-cache gencaches && apt-cache show --no-all-versions ${packages.join(' ')}`;
    const { id, output } = await this.#trees.run(debian.stack, command, []);
    await rm(join(this.#place.apt, 'cache'), { recursive: true });
    await rename(join(this.#place.trees, id, 'cache'), join(this.#place.apt, 'cache'));
    const found = new Map(
      [...output.matchAll(/^Package: (\S+)$[\s\S]*?^Version: (\S+)$/gm)].map(([, name, version]) => [
        name!,
        version!,
      ]),
    );
    for (const name of packages) {
      const version = found.get(name);
      if (version === undefined) throw new Error(`invariant: apt does not know ${name}`);
      this.#versions.set(name, upstreamVersion(version));
    }
  }
}

function architecture(): string {
  const name = ARCHITECTURES[process.arch];
  if (name === undefined) throw new Error(`invariant: no name for the architecture ${process.arch}`);
  return name;
}
