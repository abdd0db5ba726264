/** Runs the host's own programs with a clean environment and says what they answered. */
import { spawn } from 'node:child_process';
import { SetUpError } from './errors.ts';

export type CommandResult = { code: number; stdout: string; stderr: string };

export type CommandOptions = {
  input?: string;
  env?: Record<string, string>;
  timeoutMs?: number;
  /** Each line as it comes, from both streams. */
  onLine?: (line: string) => void;
};

/** Each stream is kept up to this size; what programs say after it is dropped. */
const OUTPUT_MAX_BYTES = 8 * 1024 * 1024;

/** Programs of the system live in sbin too, which a user's PATH often lacks. */
export const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const PROXY_NAMES = ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'];

export function cleanEnvironment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const proxies = PROXY_NAMES.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []));
  const names = { PATH: SYSTEM_PATH, LC_ALL: 'C.UTF-8', HOME: '/root' };
  return { ...names, ...Object.fromEntries(proxies), ...more } as NodeJS.ProcessEnv;
}

/** Code 127 where the program does not exist. In a process group of its own: Ctrl-C must not tear dpkg or mkfs apart. */
export function run(command: string, args: string[], options: CommandOptions = {}): Promise<CommandResult> {
  return new Promise((settle, fail) => {
    const child = spawn(command, args, {
      env: cleanEnvironment(options.env),
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
      timeout: options.timeoutMs,
      killSignal: 'SIGKILL',
    });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        if (output[name].length < OUTPUT_MAX_BYTES) output[name] += text;
        for (const line of text.split('\n')) if (line.trim()) options.onLine?.(line.trim());
      });
    }
    child.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? settle({ code: 127, stdout: '', stderr: error.message }) : fail(error),
    );
    child.on('close', (code, signal) => settle({ code: code ?? (signal ? 128 : 1), ...output }));
    // A program that ends without reading its input is judged by its exit code.
    child.stdin.on('error', (error: NodeJS.ErrnoException) => error.code !== 'EPIPE' && fail(error));
    child.stdin.end(options.input ?? '');
  });
}

/** The output of a program that must succeed. */
export async function must(command: string, args: string[], options: CommandOptions = {}): Promise<string> {
  const result = await run(command, args, options);
  if (result.code === 0) return result.stdout;
  throw new SetUpError('command_failed', {
    sentence: `"${[command, ...args].join(' ')}" failed with code ${result.code}: ${lastWords(result)}`,
    wayOut: 'Run it by hand to see why, mend that, and start again: set-up carries on where it stopped.',
  });
}

/** The end of what a program said, short enough for one sentence. */
export function lastWords(result: { stdout: string; stderr: string }): string {
  const said = (result.stderr.trim() || result.stdout.trim()).split('\n');
  return said.slice(-3).join(' / ').slice(-500) || 'it said nothing.';
}
