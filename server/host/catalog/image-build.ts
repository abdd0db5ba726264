/** Carries out a Dockerfile: its layers as directories, and the config that says how they became an image. */
import type { Instruction, Stage } from './dockerfile.ts';
import { applyInstruction, DEFAULT_PATH, emptyConfig, type ImageConfig } from './image-config.ts';
import type { LayerStack, LayerTrees } from './layer-tree.ts';

/** An instruction, and the layer it made where it made one. */
type Done = { instruction: Instruction; layer: string | null };

/** An image whose layers lie as directories: enough for others to build on. */
export type GrownImage = { steps: readonly Done[]; stack: LayerStack };

const SCRATCH: GrownImage = { steps: [], stack: [] };

/** Images of the catalog that a Dockerfile stands on. */
export function basesOf(stages: readonly Stage[]): string[] {
  const names = stages.map((stage) => stage.name);
  return stages.map((stage) => stage.from).filter((from) => from !== 'scratch' && !names.includes(from));
}

export async function growImage(options: {
  stages: readonly Stage[];
  context: string;
  trees: LayerTrees;
  bases: ReadonlyMap<string, GrownImage>;
}): Promise<GrownImage> {
  const finished = new Map<string, GrownImage>();
  let image = SCRATCH;
  for (const stage of options.stages) {
    const from =
      stage.from === 'scratch' ? SCRATCH : (finished.get(stage.from) ?? options.bases.get(stage.from));
    if (!from) throw new Error(`invariant: nobody grew ${stage.from}`);
    image = await growStage({ ...options, stage, from, finished });
    if (stage.name) finished.set(stage.name, image);
  }
  return image;
}

async function growStage(options: {
  stage: Stage;
  from: GrownImage;
  context: string;
  trees: LayerTrees;
  finished: ReadonlyMap<string, GrownImage>;
}): Promise<GrownImage> {
  const steps = [...options.from.steps];
  const stack = [...options.from.stack];
  const env = new Map<string, string>();
  for (const { instruction } of steps) noteEnv(env, instruction);
  for (const instruction of options.stage.instructions) {
    noteEnv(env, instruction);
    const layer = await growLayer({ ...options, instruction, stack, env });
    if (layer) stack.push(layer);
    steps.push({ instruction, layer });
  }
  return { steps, stack };
}

async function growLayer(options: {
  instruction: Instruction;
  stack: LayerStack;
  env: ReadonlyMap<string, string>;
  context: string;
  trees: LayerTrees;
  finished: ReadonlyMap<string, GrownImage>;
}): Promise<string | null> {
  const { instruction, stack, trees } = options;
  if (instruction.kind === 'run') {
    const settings = [...options.env].map(([name, value]) => `${name}=${value}`);
    return (await trees.run(stack, instruction.command, [DEFAULT_PATH, ...settings])).id;
  }
  if (instruction.kind !== 'copy') return null;
  const { source, destination, fromStage } = instruction;
  if (fromStage === null) return trees.copyFiles(stack, { root: options.context, source, destination });
  const stage = options.finished.get(fromStage);
  if (!stage) throw new Error(`invariant: COPY from ${fromStage}, which no stage before is called`);
  return trees.copyStage(stack, { stack: stage.stack, source, destination });
}

function noteEnv(env: Map<string, string>, instruction: Instruction): void {
  if (instruction.kind === 'env') env.set(instruction.name, instruction.value);
}

/** The config of a grown image, once the packed layers have their names. */
export function configOf(options: {
  image: GrownImage;
  architecture: string;
  createdSeconds: number;
  /** On top of those that the Dockerfile sets. */
  labels: Readonly<Record<string, string>>;
  diffIds: ReadonlyMap<string, string>;
}): ImageConfig {
  const created = new Date(options.createdSeconds * 1000).toISOString();
  let config = emptyConfig({ architecture: options.architecture, created });
  for (const { instruction, layer } of options.image.steps) {
    if (instruction.kind === 'arg') continue;
    config = applyInstruction(config, instruction, layer && (options.diffIds.get(layer) ?? null));
  }
  const { config: settings } = config;
  return { ...config, config: { ...settings, Labels: { ...settings.Labels, ...options.labels } } };
}
