/** Looks at a file: on the machine by a small process there, in a container by the engine's archive of that path. */
import { z } from 'zod';
import { parseJson } from '../../lib/json.ts';
import type { Reply } from '../exchange.ts';
import type { FileFinding, FileProbe } from './contract.ts';
import { askEngine, MAX_BYTES, run, type Reach } from './reach.ts';

/** Tells what stands at a path, and what stands in it. Links are followed, inside the machine and by its own kernel. */
const READ = `if [ -d "$1" ]; then echo directory
elif [ -f "$1" ]; then echo file; head -c ${MAX_BYTES} -- "$1"
elif [ -e "$1" ]; then echo other
else echo missing; fi`;
const READ_COMMAND = ['timeout', '5', 'sh', '-c', READ, 'read'];

export async function lookAtFile(reach: Reach, probe: FileProbe): Promise<FileFinding | null> {
  if (probe.container !== null) return lookInContainer(reach, probe.container, probe.path);
  const maxBytes = MAX_BYTES + 'file\n'.length;
  const { code, stdout } = await run(reach, [...READ_COMMAND, probe.path], { maxBytes });
  if (code !== 0) return null;
  const end = stdout.indexOf('\n');
  const type = stdout.slice(0, end);
  if (type === 'file') return { type, text: stdout.slice(end + 1) };
  return type === 'missing' || type === 'directory' || type === 'other' ? { type } : null;
}

/** More links in a row than this are nobody's set-up. */
const LINKS_MAX = 5;
/** Go's os.FileMode, in which the engine tells what a path is. */
const MODE = { directory: 2 ** 31, link: 2 ** 27, other: 2 ** 26 + 2 ** 25 + 2 ** 24 + 2 ** 21 + 2 ** 19 };
const HEADER_BYTES = 512;

const statSchema = z.object({
  mode: z.number().int().min(0),
  linkTarget: z.string().max(4096).default(''),
});

async function lookInContainer(reach: Reach, name: string, path: string): Promise<FileFinding | null> {
  let at = path;
  for (let links = 0; links <= LINKS_MAX; links++) {
    const query = `/containers/${encodeURIComponent(name)}/archive?path=${encodeURIComponent(at)}`;
    // A large directory is not read to its end: the first header says what it is.
    const reply = await askEngine(reach, query, HEADER_BYTES + MAX_BYTES);
    if (reply.status === 404) return { type: 'missing' };
    const stat = reply.status === 200 ? readStat(reply) : null;
    if (!stat) return null;
    if (!hasBits(stat.mode, MODE.link)) return toFinding(stat.mode, reply.body);
    // The engine has resolved it inside the container; its target may be a link again.
    if (!stat.linkTarget.startsWith('/')) return null;
    at = stat.linkTarget;
  }
  return null;
}

function readStat(reply: Reply): z.infer<typeof statSchema> | null {
  const text = Buffer.from(reply.headers['x-docker-container-path-stat'] ?? '', 'base64').toString('utf8');
  return statSchema.safeParse(parseJson(text)).data ?? null;
}

function toFinding(mode: number, archive: Buffer): FileFinding | null {
  if (hasBits(mode, MODE.directory)) return { type: 'directory' };
  if (hasBits(mode, MODE.other)) return { type: 'other' };
  return readTar(archive);
}

/** The only file of a tar archive: its size stands in octal at byte 124, its content begins after 512 bytes. */
function readTar(archive: Buffer): FileFinding | null {
  if (archive.length < HEADER_BYTES) return null;
  const size = /^[0-7]+/.exec(archive.toString('latin1', 124, 136).trim())?.[0];
  const type = archive.toString('latin1', 156, 157);
  if (size === undefined || (type !== '0' && type !== '\0')) return null;
  const end = HEADER_BYTES + Math.min(Number.parseInt(size, 8), MAX_BYTES);
  return { type: 'file', text: archive.toString('utf8', HEADER_BYTES, end) };
}

/** The bits lie above those that JavaScript's own operators keep. */
function hasBits(mode: number, bits: number): boolean {
  return (BigInt(mode) & BigInt(bits)) !== 0n;
}
