/** What an image says of itself: the config that an engine reads, and the history that `docker history` shows. */
import type { Instruction } from './dockerfile.ts';

export type HistoryEntry = { created: string; created_by: string; comment?: string; empty_layer?: true };

/** The image config of Docker's image specification 1.2, as far as the catalog uses it. */
export type ImageConfig = {
  architecture: string;
  os: 'linux';
  created: string;
  config: {
    Env: string[];
    Cmd: string[] | null;
    Entrypoint?: string[];
    ExposedPorts?: Record<string, object>;
    Volumes?: Record<string, object>;
    WorkingDir?: string;
    User?: string;
    StopSignal?: string;
    Labels: Record<string, string>;
  };
  rootfs: { type: 'layers'; diff_ids: string[] };
  history: HistoryEntry[];
};

/** Where a shell in an image looks for programs, unless the image says otherwise. */
export const DEFAULT_PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export function emptyConfig(options: { architecture: string; created: string }): ImageConfig {
  return {
    architecture: options.architecture,
    os: 'linux',
    created: options.created,
    config: { Env: [DEFAULT_PATH], Cmd: null, Labels: {} },
    rootfs: { type: 'layers', diff_ids: [] },
    history: [],
  };
}

/** The config after one more instruction; `diffId` where it made a layer, that is for RUN, COPY and WORKDIR. */
export function applyInstruction(
  before: ImageConfig,
  instruction: Instruction,
  diffId: string | null = null,
): ImageConfig {
  const entry: HistoryEntry = {
    created: before.created,
    created_by: instruction.text,
    ...(diffId ? {} : { empty_layer: true as const }),
  };
  return {
    ...before,
    config: settingsAfter(before.config, instruction),
    rootfs: diffId ? { type: 'layers', diff_ids: [...before.rootfs.diff_ids, diffId] } : before.rootfs,
    history: [...before.history, entry],
  };
}

function settingsAfter(settings: ImageConfig['config'], instruction: Instruction): ImageConfig['config'] {
  switch (instruction.kind) {
    case 'env': {
      const others = settings.Env.filter((entry) => !entry.startsWith(`${instruction.name}=`));
      return { ...settings, Env: [...others, `${instruction.name}=${instruction.value}`] };
    }
    case 'label':
      return { ...settings, Labels: { ...settings.Labels, [instruction.name]: instruction.value } };
    case 'cmd':
      return { ...settings, Cmd: instruction.words };
    case 'entrypoint':
      // A command that was meant for the base's entrypoint would be handed to this one: Docker drops it too.
      return { ...settings, Entrypoint: instruction.words, Cmd: null };
    case 'expose': {
      const port = instruction.value.includes('/') ? instruction.value : `${instruction.value}/tcp`;
      return { ...settings, ExposedPorts: { ...settings.ExposedPorts, [port]: {} } };
    }
    case 'volume':
      return { ...settings, Volumes: { ...settings.Volumes, [instruction.value]: {} } };
    case 'workdir':
      return { ...settings, WorkingDir: instruction.value };
    case 'user':
      return { ...settings, User: instruction.value };
    case 'stopsignal':
      return { ...settings, StopSignal: instruction.value };
    case 'arg':
    case 'run':
    case 'copy':
      return settings;
  }
}
