/** Finds the image that a typed `docker run`, `create` or `pull` names. */
import { splitCommands } from '#server/tasks/command-line.ts';

/** Options of `docker` itself that take the next word (docker 26). */
const VALUES_OF_DOCKER = new Set('-H --host -c --context --config -l --log-level'.split(' '));
/** Options of run, create and pull that stand alone; all others take a value. */
const ALONE = new Set(
  (
    '--detach --interactive --tty --rm --init --privileged --publish-all --read-only --no-healthcheck --quiet ' +
    '--oom-kill-disable --sig-proxy --disable-content-trust --all-tags --help'
  ).split(' '),
);
const ALONE_BUT_THE_LAST = /^-[ditPq]*[^ditPq]$/;

/** As typed, one for each command of the line; a script that the line calls is not looked into. */
export function imagesInLine(line: string): string[] {
  return splitCommands(line).flatMap((words) => imageOf(words) ?? []);
}

function imageOf([program, ...words]: string[]): string | null {
  if (program !== 'docker') return null;
  const rest = afterOptions(words, (option) => VALUES_OF_DOCKER.has(option));
  const [verb, ...more] = ['container', 'image'].includes(rest[0] ?? '') ? rest.slice(1) : rest;
  if (verb !== 'run' && verb !== 'create' && verb !== 'pull') return null;
  // `docker run -a stdin` takes a value, `docker pull -a` does not.
  const takesValue = (option: string) => (verb === 'pull' ? option === '--platform' : takesNextWord(option));
  return afterOptions(more, takesValue)[0] ?? null;
}

/** The words from the first on that is neither an option nor the value of one. */
function afterOptions(words: readonly string[], takesValue: (option: string) => boolean): readonly string[] {
  let at = 0;
  while (at < words.length && words[at]!.startsWith('-') && words[at] !== '--') {
    const option = words[at]!;
    at += !option.includes('=') && takesValue(option) ? 2 : 1;
  }
  return words.slice(words[at] === '--' ? at + 1 : at);
}

/** `-p` and `-dp` do; `-it`, and `-p8080:80`, which brings its value along, do not. */
function takesNextWord(option: string): boolean {
  if (option.startsWith('--')) return !ALONE.has(option);
  return ALONE_BUT_THE_LAST.test(option);
}
