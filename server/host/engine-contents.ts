/** Stops or removes what bears our label on the outer engine. */
import Docker from 'dockerode';

const STOP_TIMEOUT_S = 10;
const AT_ONCE = 8;

/** Gently, so that shells save what they show. An engine that does not answer has nothing to stop by it. */
export async function stopMachines(socketPath: string, instance: string): Promise<void> {
  const docker = new Docker({ socketPath, timeout: 60_000 });
  const running = await docker.listContainers({ filters: ours(instance) }).catch(() => []);
  await inTurns(running, ({ Id }) => docker.getContainer(Id).stop({ t: STOP_TIMEOUT_S }));
}

/** From an engine that is not ours to throw away. */
export async function removeAllOurs(socketPath: string, instance: string): Promise<void> {
  const docker = new Docker({ socketPath, timeout: 60_000 });
  const filters = ours(instance);
  const containers = await docker.listContainers({ all: true, filters }).catch(() => []);
  await inTurns(containers, ({ Id }) => docker.getContainer(Id).remove({ force: true, v: true }));
  await inTurns(await docker.listNetworks({ filters }).catch(() => []), ({ Id }) =>
    docker.getNetwork(Id).remove(),
  );
  await inTurns(await docker.listImages({ filters }).catch(() => []), ({ Id }) =>
    docker.getImage(Id).remove({ force: true }),
  );
}

function ours(instance: string): { label: string[] } {
  return { label: [`drydock.instance=${instance}`] };
}

async function inTurns<Item>(items: Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.pop(); item !== undefined; item = left.pop())
      await work(item).catch((error: { statusCode?: number }) => {
        // Stopped or gone already: that is what we wanted.
        if (error.statusCode !== 304 && error.statusCode !== 404) throw error;
      });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
