/** Makes the content of a golden disk: a machine of our own pulls the images or loses its engine, stops cleanly, and its disk is kept. */
import { randomInt } from 'node:crypto';
import { EngineError, type ImagesProgress, type MachineRef } from '../contract.ts';
import type { DiskContent } from './golden.ts';
import { diskName, LOCAL_NODE } from './labels.ts';
import type { Machines } from './machines.ts';
import type { Networks } from './networks.ts';
import { runToEnd } from './run.ts';

const PULL_TIMEOUT_MS = 10 * 60_000;
const PURGE_TIMEOUT_MS = 60_000;
const ENGINE_PACKAGES = 'docker.io docker-cli docker-buildx docker-compose containerd runc';
const TAKE_ENGINE_OUT = `apt-get purge --quiet --yes ${ENGINE_PACKAGES}; rm -rf /etc/docker /root/.docker`;
/** Generous: nobody but us works in it, and it lives for seconds. */
const LIMITS = { memoryBytes: 1024 ** 3, pids: 1000, cpus: 2, diskBytes: 16 * 1024 ** 3 };
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const ID_LENGTH = 8;

export class GoldenBuilder {
  readonly #machines: Machines;
  readonly #networks: Networks;
  readonly #tidy: (sandbox: string) => Promise<void>;
  readonly #underWay = new Set<string>();

  constructor(machines: Machines, networks: Networks, tidy: (sandbox: string) => Promise<void>) {
    this.#machines = machines;
    this.#networks = networks;
    this.#tidy = tidy;
  }

  /** True for a sandbox that is ours and at work: the reaper must not see it. After a crash it is seen. */
  isAtWork(sandbox: string): boolean {
    return this.#underWay.has(sandbox);
  }

  async build<Result>(
    { kind, images }: DiskContent,
    from: string | null,
    use: (disk: string) => Promise<Result>,
    progress?: ImagesProgress,
  ): Promise<Result> {
    const sandbox = Array.from({ length: ID_LENGTH }, () => BASE32[randomInt(BASE32.length)]).join('');
    const ref: MachineRef = { node: LOCAL_NODE, sandbox, machine: 'node1', generation: 1 };
    this.#underWay.add(sandbox);
    try {
      await this.#networks.create(sandbox);
      const origin = from === null ? null : { golden: from };
      await this.#machines.create(ref, { origin, kind: 'docker', limits: LIMITS });
      for (const [index, image] of images.entries()) {
        progress?.({ done: index, total: images.length, image });
        await this.#pull(ref, image);
        progress?.({ done: index + 1, total: images.length, image });
      }
      if (kind === 'bare') await this.#takeEngineOut(ref);
      await this.#machines.stop(ref);
      return await use(diskName(ref));
    } finally {
      await this.#machines.remove(ref);
      await this.#tidy(sandbox);
      this.#underWay.delete(sandbox);
    }
  }

  /** As its owner would: the package manager then knows nothing of it either. */
  async #takeEngineOut(ref: MachineRef): Promise<void> {
    const process = await this.#machines.exec(ref, { command: ['bash', '-ec', TAKE_ENGINE_OUT] });
    const { code, stdout, stderr } = await runToEnd(process, { timeoutMs: PURGE_TIMEOUT_MS });
    if (code === 0) return;
    const said = `${stdout}${stderr}`.trim().slice(-500);
    throw new EngineError('machine_unreachable', `The engine could not be taken out of a machine: ${said}`);
  }

  async #pull(ref: MachineRef, image: string): Promise<void> {
    const process = await this.#machines.exec(ref, { command: ['docker', 'pull', '--quiet', image] });
    const { code, stderr } = await runToEnd(process, { timeoutMs: PULL_TIMEOUT_MS });
    if (code === 0) return;
    const said = stderr.trim().slice(0, 500);
    const unknown = /not found|manifest unknown|access denied|no such host|does not exist/i.test(said);
    throw new EngineError(
      unknown ? 'image_unknown' : 'machine_unreachable',
      `The image ${image} could not be pulled: ${said}`,
    );
  }
}
