/** Reads what the host's network already holds, so that we take nothing that is another's. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { must, run } from './run.ts';
import type { HostNetwork, Instance } from './slot.ts';

const linksSchema = z.array(z.object({ ifname: z.string() }));
const routesSchema = z.array(z.object({ dst: z.string(), gateway: z.string().optional() }));
const tablesSchema = z.object({
  nftables: z.array(z.object({ table: z.object({ family: z.string(), name: z.string() }).optional() })),
});

export async function readHostNetwork(): Promise<HostNetwork> {
  const [links, routes, tables] = await Promise.all([
    must('ip', ['-json', 'link', 'show']),
    must('ip', ['-json', '-4', 'route', 'show', 'table', 'all']),
    listTables(),
  ]);
  const known = routesSchema.parse(JSON.parse(routes)).filter((route) => /^[\d./]+$/.test(route.dst));
  return {
    links: linksSchema.parse(JSON.parse(links)).map((link) => link.ifname),
    networks: known.filter((route) => route.gateway === undefined).map((route) => route.dst),
    routes: known.filter((route) => route.gateway !== undefined).map((route) => route.dst),
    tables: tables.map((table) => table.name),
  };
}

/** Every nft table of the host with its family. */
export async function listTables(): Promise<{ family: string; name: string }[]> {
  const listed = await run('nft', ['-j', 'list', 'tables']);
  if (listed.code !== 0) return [];
  return tablesSchema
    .parse(JSON.parse(listed.stdout))
    .nftables.flatMap(({ table }) => (table ? [table] : []));
}

export async function listLinks(): Promise<string[]> {
  return linksSchema
    .parse(JSON.parse(await must('ip', ['-json', 'link', 'show'])))
    .map((link) => link.ifname);
}

/** The data directory of the instance whose service bridge this is; null where there is no such bridge. */
export async function serviceBridgeOwner(instance: Instance): Promise<string | null> {
  const alias = await readFile(`/sys/class/net/${instance.serviceBridge}/ifalias`, 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    },
  );
  return alias === null ? null : alias.trim();
}
