/** Brings this host from whatever it is to one that can run machines; quick when all is there already. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { setInterval as every } from 'node:timers';
import type { Log } from '../lib/log.ts';
import { buildCatalog, type Catalog } from './catalog/build.ts';
import { SERVICE_PORTS, take, takeBuild, type Host, type HostConfig, type Report } from './contract.ts';
import { ensureUp, isRunning, isUp, stopDaemon, type Daemon } from './daemon.ts';
import { dnsDaemon } from './dns.ts';
import { isThere } from './files.ts';
import { firewallStep } from './firewall.ts';
import { instanceStep } from './instance.ts';
import { kernelLimitsStep } from './kernel-limits.ts';
import { layoutOf, type Layout } from './layout.ts';
import { withLock } from './lock.ts';
import { buildMachineImage, MACHINE_IMAGE_CHANGES, buildRuntime, seccompProfile } from './machine/build.ts';
import { machineImageStep } from './machine-image.ts';
import { engineDaemons, givenEngineStep, ownEngineStep, type OuterEngine } from './outer-engine.ts';
import { HOST_PACKAGES, type Package } from './package-list.ts';
import { packagesStep } from './packages.ts';
import { poolStep } from './pool.ts';
import { bootId, checkDirectory, checkPort, checkRoot, kernelStep } from './preflight.ts';
import { openPullThrough } from './pull-through/open.ts';
import { hubCommand, registryDaemon } from './registry.ts';
import type { Instance } from './slot.ts';

export type SetUpOptions = {
  /** Debian packages beside those that the host needs. */
  extraPackages?: Package[];
};

/** @throws SetUpError with a sentence and the way out. Safe to interrupt and to run again, also by several at once. */
export async function setUp(config: HostConfig, report: Report, options: SetUpOptions = {}): Promise<Host> {
  checkRoot();
  // Machines, registry and name server are other users on this host, and must be able to read what we lay out for them.
  process.umask(0o022);
  checkDirectory(config);
  await checkPort(config);
  // Who brings an engine needs none of Debian's, which might even replace it.
  const ownEngine = config.engineSocket === null;
  const needed = HOST_PACKAGES.filter(({ name }) => ownEngine || name !== 'docker.io');
  await take(packagesStep([...needed, ...(options.extraPackages ?? [])], report), report);
  return withLock(config.dataDirectory, () => setUpInstance(config, report));
}

async function setUpInstance(config: HostConfig, report: Report): Promise<Host> {
  const layout = layoutOf(config.dataDirectory);
  await forgetLastBoot(layout);
  await take(kernelStep(layout), report);
  await take(kernelLimitsStep(report), report);
  const instance = await take(instanceStep(layout), report);
  const daemons: Daemon[] = [];
  const [pool, , engine, catalog] = await together([
    take(poolStep(config, layout, report), report),
    take(firewallStep(instance), report).then(() => takeDns(instance, layout, daemons, report)),
    takeEngine({ config, layout, instance, daemons, report }),
    takeCatalog({ config, layout, instance, daemons, report }),
  ]);
  return {
    engine: {
      ...engine,
      instance: instance.label,
      bridgePrefix: instance.bridgePrefix,
      subnet: instance.subnet,
      serviceAddress: instance.serviceAddress,
      dnsHostsDirectory: layout.dnsHosts,
      dnsPidFile: layout.pidFile('dns'),
      poolDirectory: pool.directory,
      quota: pool.quota,
      seccompProfile: seccompProfile(),
      catalogDigest: catalog.digest,
    },
    catalog: catalog.images,
    traceAddress: { host: instance.serviceAddress, port: SERVICE_PORTS.trace },
    openPullThrough: async (clock, log) =>
      config.pullThrough === null
        ? new AsyncDisposableStack()
        : openPullThrough({ url: config.pullThrough, instance, layout, clock, log }),
    keepDaemons: (log) => keepDaemons(daemons, layout, log),
  };
}

/** Sockets and pid files of before a reboot mean nothing and would mislead. */
async function forgetLastBoot(layout: Layout): Promise<void> {
  const boot = await bootId();
  if ((await readFile(layout.bootFile, 'utf8').catch(() => '')) === boot) return;
  await rm(layout.run, { recursive: true, force: true });
  await mkdir(layout.run, { recursive: true, mode: 0o711 });
  await writeFile(layout.bootFile, boot);
}

/** All at once; waits for the others before it fails, so that nothing works on behind a failure. */
async function together<Values extends unknown[]>(work: {
  [Key in keyof Values]: Promise<Values[Key]>;
}): Promise<Values> {
  await Promise.allSettled(work);
  return Promise.all(work) as Promise<Values>;
}

type Parts = { config: HostConfig; layout: Layout; instance: Instance; daemons: Daemon[]; report: Report };

async function takeDaemon(
  title: string,
  daemon: Daemon,
  { layout, daemons, report }: Omit<Parts, 'config' | 'instance'>,
) {
  daemons.push(daemon);
  await take(
    {
      title,
      check: () => isUp(daemon, layout).then((up) => up || null),
      apply: () => ensureUp(daemon, layout).then(() => true),
    },
    report,
  );
}

async function takeDns(instance: Instance, layout: Layout, daemons: Daemon[], report: Report): Promise<void> {
  await mkdir(layout.dnsHosts, { recursive: true, mode: 0o755 });
  await takeDaemon('Names for machines', dnsDaemon(instance, layout), { layout, daemons, report });
}

async function takeCatalog(parts: Parts): Promise<Catalog> {
  const { config, layout, instance, report } = parts;
  const catalog = await takeBuild('Image catalog', report, (progress) =>
    buildCatalog({
      directory: config.artifactsDirectory,
      progress: ({ done, total, image }) => progress(`${done} of ${total}: ${image}`),
    }),
  );
  const { registryDirectory: directory } = catalog;
  const isFronted = config.pullThrough !== null;
  // Of a start that was killed; its front went with it.
  if (!isFronted && (await isThere(layout.pidFile('hub'))))
    await stopDaemon({ name: 'hub', command: hubCommand(layout) }, layout);
  await takeDaemon('Image mirror', registryDaemon(instance, layout, { directory, isFronted }), parts);
  return catalog;
}

async function takeEngine(parts: Parts): Promise<OuterEngine & { machineImage: string }> {
  const { config, layout, instance, daemons, report } = parts;
  const directory = config.artifactsDirectory;
  const start = async () => {
    if (config.engineSocket !== null)
      return take(givenEngineStep({ ...config, engineSocket: config.engineSocket }), report);
    const runtime = await buildRuntime({ directory });
    const own = await engineDaemons({ layout, instance, runtimePath: runtime.path });
    daemons.push(...own);
    return take(ownEngineStep({ layout, instance, runtimePath: runtime.path }, own), report);
  };
  const [engine, image] = await together([
    start(),
    takeBuild('Machine root', report, (progress) =>
      withLock(`machine in ${directory}`, () => buildMachineImage({ directory, progress })),
    ),
  ]);
  const machineImage = await take(
    machineImageStep({
      socketPath: engine.socketPath,
      instance,
      image: { ...image, changes: MACHINE_IMAGE_CHANGES },
    }),
    report,
  );
  return { ...engine, machineImage };
}

const KEEP_EVERY_MS = 5000;

/** Only what is gone is started again: one that is slow to answer has its reasons, and machines hang on it. */
function keepDaemons(daemons: Daemon[], layout: Layout, log: Log): Disposable {
  let looking = false;
  const look = async () => {
    for (const daemon of daemons) {
      if (await isRunning(daemon, layout)) continue;
      log.warn('a daemon is gone; starting it again', { daemon: daemon.name });
      await ensureUp(daemon, layout);
    }
  };
  const timer = every(() => {
    if (looking) return;
    looking = true;
    look()
      .catch((error: unknown) => log.error('a daemon does not come back', { error }))
      .finally(() => (looking = false));
  }, KEEP_EVERY_MS);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
