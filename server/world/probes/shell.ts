/** Runs an author's script in the machine. It comes by standard input, so that neither disk nor process list shows it. */
import { OWN_HEADERS } from '../exchange.ts';
import type { ShellFinding, ShellProbe } from './contract.ts';
import { run, RUN_MS, type Reach } from './reach.ts';

const MAX_BYTES = 64 * 1024;
/** What the Docker CLI asks for a script is asked by us: it must not show in the trace of what the learner did. */
const CLI_CONFIG = JSON.stringify({ HttpHeaders: { traceparent: OWN_HEADERS.traceparent } });
/** Takes the script whole before it begins: a command in it that reads its input must not eat the rest. */
const RUN = `export OTEL_TRACES_SAMPLER=always_off DOCKER_CONFIG=$(mktemp -d -p /dev/shm)
[ -d "$DOCKER_CONFIG" ] && echo '${CLI_CONFIG}' >"$DOCKER_CONFIG/config.json"
timeout -k 0.5 ${RUN_MS / 1_000} bash -c 'script=$(cat); exec </dev/null; eval "$script"'
code=$?
rm -rf "$DOCKER_CONFIG"
exit $code`;
/** What `timeout` ends with when the time is over. */
const TIMED_OUT = [124, 137];

export async function runScript(reach: Reach, probe: ShellProbe): Promise<ShellFinding | null> {
  const { code, stdout } = await run(reach, ['bash', '-c', RUN], {
    input: probe.script,
    maxBytes: MAX_BYTES,
  });
  return TIMED_OUT.includes(code) ? null : { exitCode: code, stdout };
}
