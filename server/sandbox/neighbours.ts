/** Makes the machines of a sandbox known to each other: each finds the engines of the others in `docker context ls`. */
import { randomBytes } from 'node:crypto';
import type { Engine, MachineRef } from '../engine/contract.ts';
import type { Log } from '../lib/log.ts';

/** Between machines; what learners publish, and Docker's own 2375 to 2377, stays free. */
export const NEIGHBOURS_PORT = 62375;
const WORD_BYTES = 32;
const TIMEOUT_MS = 20_000;

/**
 * Runs in the machine, with the others' names. What `docker context create` writes is written here without a client of 25 MB
 * for each of them: a context's folder is named by the digest of its name (docker/cli, cli/context/store). One that the learner
 * has made under such a name stays, and one of ours whose machine is gone goes by `docker context rm`, which also takes it out
 * of use.
 */
const SCRIPT = `
set -u
/usr/local/lib/drydock/agent neighbours ${NEIGHBOURS_PORT} "$@" || exit
meta=/root/.docker/contexts/meta
for name in "$@"; do
  id=$(printf %s "$name" | sha256sum)
  directory=$meta/\${id%% *}
  [ -e "$directory/meta.json" ] && continue
  mkdir -p "$directory" || exit
  printf '{"Name":"%s","Metadata":{"Description":"%s, beside this machine"},"Endpoints":{"docker":{"Host":"unix:///run/drydock/engines/%s.sock","SkipTLSVerify":false}}}' \
    "$name" "$name" "$name" >"$directory/meta.json" || exit
done
for number in 1 2 3 4 5 6 7 8 9; do
  name=node$number
  case " $* " in *" $name "*) continue ;; esac
  grep -qsF "unix:///run/drydock/engines/$name.sock" "$meta"/*/meta.json || continue
  docker context rm --force "$name" >/dev/null || exit
done
`;

/**
 * Tells each of these machines, all with an engine, of the others; the only one left forgets all that there were. They share a
 * word that is new each time and known to nobody else. Never rejects: a machine without contexts still is a machine.
 */
export async function introduce(
  engine: Pick<Engine, 'run'>,
  refs: readonly MachineRef[],
  log: Log,
): Promise<void> {
  const word = randomBytes(WORD_BYTES).toString('hex');
  const names = refs.map(({ machine }) => machine).toSorted();
  await Promise.all(
    refs.map(async (ref) => {
      const others = names.filter((name) => name !== ref.machine);
      const command = ['bash', '-c', SCRIPT, 'neighbours', ...others];
      try {
        const { code, stderr } = await engine.run(ref, { command, input: word, timeoutMs: TIMEOUT_MS });
        if (code !== 0) log.warn('a machine was not told of the others', { ref, code, stderr });
      } catch (error) {
        log.warn('a machine was not told of the others', { ref, error });
      }
    }),
  );
}
