/** Pull-through, where it is set: what the catalog does not hold is fetched from the registry that the setting names. */
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { SERVICE_PORTS } from '../contract.ts';
import type { Layout } from '../layout.ts';
import { BEHIND_FRONT } from '../registry.ts';
import type { Instance } from '../slot.ts';
import { Cache } from './cache.ts';
import { openFront } from './front.ts';
import { Hub } from './hub.ts';
import { Upstream } from './upstream.ts';

/** Machines find their mirror here for as long as this is open. */
export async function openPullThrough(parts: {
  url: string;
  instance: Instance;
  layout: Layout;
  clock: Clock;
  log: Log;
}): Promise<AsyncDisposable> {
  const { url, instance, layout, clock, log } = parts;
  const at = (port: number) => ({ host: instance.serviceAddress, port });
  const changed = (isReachable: boolean) =>
    isReachable ? log.info('upstream is reached', { url }) : log.warn('upstream is out of reach', { url });
  const upstream = new Upstream({ url, clock, changed });
  const hub = new Hub({ ...parts, upstream, cache: new Cache(layout.pullThroughCache) });
  await using opened = new AsyncDisposableStack();
  opened.defer(() => hub.close());
  await hub.open();
  opened.use(
    await openFront({
      listen: at(SERVICE_PORTS.mirror),
      catalog: at(BEHIND_FRONT.catalog),
      hub: at(BEHIND_FRONT.hub),
      isHubReady: () => hub.isReady(),
      isUpstreamReachable: () => upstream.isReachable(),
      hubLost: () => hub.lost(),
    }),
  );
  return opened.move();
}
