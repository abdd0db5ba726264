/** Step: the machine's root file system as an image on the outer engine, named by its content. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import Docker from 'dockerode';
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Progress, Step } from './contract.ts';
import { SetUpError } from './errors.ts';
import type { Instance } from './slot.ts';

export const MACHINE_REPOSITORY = 'drydock/machine';

export type MachineArchive = {
  /** A tar of the root. */
  archive: string;
  digest: string;
  /** What a container of it runs, as Dockerfile instructions. */
  changes: string[];
};

const answerSchema = z.object({ status: z.string().optional(), error: z.string().optional() });

export function machineImageStep(options: {
  socketPath: string;
  instance: Instance;
  image: MachineArchive;
}): Step<string> {
  const { socketPath, instance, image } = options;
  const docker = new Docker({ socketPath });
  const changes = [...image.changes, `LABEL drydock.instance=${instance.label}`];
  const tag = createHash('sha256')
    .update(JSON.stringify([image.digest, changes]))
    .digest('hex')
    .slice(0, 16);
  const reference = `${MACHINE_REPOSITORY}:${tag}`;
  return {
    title: 'Machine image',
    check: () => hasImage(docker, reference).then((there) => (there ? reference : null)),
    async apply(progress) {
      progress('handing it to the engine');
      await importArchive(docker, image.archive, { repo: MACHINE_REPOSITORY, tag, changes }, progress);
      await removeOlder(docker, reference);
      return reference;
    },
  };
}

async function hasImage(docker: Docker, reference: string): Promise<boolean> {
  return docker
    .getImage(reference)
    .inspect()
    .then(
      () => true,
      (error: { statusCode?: number }) => {
        if (error.statusCode === 404) return false;
        throw error;
      },
    );
}

async function importArchive(
  docker: Docker,
  archive: string,
  options: { repo: string; tag: string; changes: string[] },
  progress: Progress,
): Promise<void> {
  const answers = (await docker.importImage(createReadStream(archive), options)) as Readable;
  for await (const line of createInterface({ input: answers })) {
    if (line.trim() === '') continue;
    const answer = answerSchema.parse(JSON.parse(line));
    if (answer.error !== undefined)
      throw new SetUpError('engine_failed', {
        sentence: `The engine refused the machine image: ${answer.error}`,
        wayOut: 'See that there is free disk (df -h), then start again.',
      });
    if (answer.status !== undefined) progress(answer.status.slice(0, 60));
  }
}

/** Those that a machine still uses stay until it is gone and a later start comes by. */
async function removeOlder(docker: Docker, current: string): Promise<void> {
  const images = await docker.listImages({ filters: { reference: [MACHINE_REPOSITORY] } });
  const older = images.flatMap((image) => image.RepoTags ?? []).filter((tag) => tag !== current);
  for (const tag of older)
    await docker
      .getImage(tag)
      .remove()
      .catch((error: { statusCode?: number }) => {
        // 409: in use.
        if (error.statusCode !== 409 && error.statusCode !== 404) throw error;
      });
}
