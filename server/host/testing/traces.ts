/** Everything an instance could leave on a host, to be compared before and after. */
import { readdir, readFile } from 'node:fs/promises';
import { listLinks, listTables } from '../host-network.ts';
import { parseMounts } from '../mounts.ts';
import { listProcesses } from '../processes.ts';
import { run } from '../run.ts';

export type Traces = Record<
  'mounts' | 'loops' | 'links' | 'tables' | 'rules' | 'processes' | 'groups' | 'files',
  string[]
>;

/** @param words what ours would bear: the data directory, the bridges' prefix, the table's name, a container's id. */
export async function findTraces(words: string[]): Promise<Traces> {
  const ours = (text: string) => words.some((word) => text.includes(word));
  const [mounts, loops, links, tables, rules, processes, groups] = await Promise.all([
    readFile('/proc/self/mountinfo', 'utf8').then(parseMounts),
    run('losetup', ['--list', '--noheadings', '--output', 'NAME,BACK-FILE']),
    listLinks(),
    listTables(),
    run('iptables-save', []),
    listProcesses(),
    run('find', ['/sys/fs/cgroup', '-type', 'd']),
  ]);
  return {
    mounts: mounts.map(({ at }) => at).filter(ours),
    loops: loops.stdout.split('\n').filter(ours),
    links: links.filter(ours),
    tables: tables.map(({ family, name }) => `${family} ${name}`).filter(ours),
    rules: rules.stdout.split('\n').filter(ours),
    processes: processes.map(({ command }) => command.join(' ')).filter(ours),
    groups: groups.stdout.split('\n').filter(ours),
    files: (await readdir('/var/lib')).filter((name) => ours(`/var/lib/${name}`)),
  };
}
