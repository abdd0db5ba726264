/** Runs one of the host's programs to its end; a failure carries what it said. */
import { execFile } from 'node:child_process';

/** Far beyond what btrfs prints for thousands of subvolumes. */
const OUTPUT_MAX_BYTES = 16 * 1024 * 1024;

export function runCommand(program: string, args: readonly string[], timeoutMs = 60_000): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const options = { timeout: timeoutMs, maxBuffer: OUTPUT_MAX_BYTES, env: { ...process.env, LC_ALL: 'C' } };
  execFile(program, [...args], options, (error, stdout, stderr) => {
    if (!error) return resolve(stdout);
    const said = stderr.trim() || error.message;
    reject(new Error(`${program} ${args[0] ?? ''} failed: ${said}`, { cause: error }));
  });
  return promise;
}
