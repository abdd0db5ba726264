/** The machine's agent on this host, for tests: compiled once, with directories of its own instead of a machine. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileProgram } from '../compile.ts';
import { AGENT_SOURCES } from '../root.ts';
import { TerminalClient } from './terminal-client.ts';

export class AgentPlace {
  readonly directory: string;
  readonly program: string;
  #opened = 0;

  private constructor(directory: string) {
    this.directory = directory;
    this.program = join(directory, 'agent');
  }

  static async make(): Promise<AgentPlace> {
    const place = new AgentPlace(await mkdtemp(join(tmpdir(), 'drydock-agent-')));
    await mkdir(join(place.directory, 'state/terminals'), { recursive: true });
    await mkdir(join(place.directory, 'home'));
    // bash would put marks of its own between a command and its output.
    await writeFile(join(place.directory, 'home/.inputrc'), 'set enable-bracketed-paste off\n');
    await compileProgram({ sources: AGENT_SOURCES, output: place.program });
    return place;
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  spawn(args: string[], env: Record<string, string> = {}): ChildProcessWithoutNullStreams {
    const own = {
      DRYDOCK_RUN_DIR: this.path('run'),
      DRYDOCK_STATE_DIR: this.path('state'),
      DRYDOCK_HOME: this.path('home'),
      DRYDOCK_SHELL_GROUP: '',
      DRYDOCK_NONCE: 'n0nce',
    };
    return spawn(this.program, args, { env: { ...process.env, ...own, ...env } });
  }

  /** Runs to the end: exit code and standard output. */
  run(args: string[]): Promise<{ code: number | null; stdout: string }> {
    const child = this.spawn(args);
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    return new Promise((settle) => child.on('close', (code) => settle({ code, stdout })));
  }

  terminal(name: string): TerminalClient {
    return new TerminalClient(this.spawn(['terminal', name, '80', '24']));
  }

  /** A terminal of its own, with a plain prompt. */
  async openTerminal(): Promise<{ name: string; terminal: TerminalClient }> {
    const name = `t${(this.#opened += 1)}`;
    const terminal = this.terminal(name).attach();
    terminal.type(`PS1='$ '; PS0=; PROMPT_COMMAND=(); echo re''ady\n`);
    await terminal.sees('ready\r\n');
    return { name, terminal };
  }

  holderOf(name: string): number {
    return Number(readFileSync(this.path(`run/terminals/${name}.pid`), 'utf8'));
  }

  isHeld(name: string): boolean {
    return existsSync(this.path(`run/terminals/${name}.pid`));
  }

  /** Where its shell is, as far as that is on disk. */
  directoryOf(name: string): string | null {
    const path = this.path(`state/terminals/${name}.directory`);
    return existsSync(path) ? readFileSync(path, 'utf8') : null;
  }

  /** Hangs up every shell and removes all traces. */
  async clear(): Promise<void> {
    const terminals = this.path('run/terminals');
    const names = existsSync(terminals) ? readdirSync(terminals) : [];
    for (const name of names.filter((file) => file.endsWith('.pid'))) {
      const pid = Number(readFileSync(join(terminals, name), 'utf8'));
      if (existsSync(`/proc/${pid}`)) process.kill(pid, 'SIGTERM');
      while (existsSync(`/proc/${pid}`)) await new Promise((next) => setImmediate(next));
    }
    await rm(this.directory, { recursive: true, force: true });
  }
}
