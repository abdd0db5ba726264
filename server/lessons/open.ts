/** The lessons of a running server: a broken one is left out and the log says why; in development a saved file counts at once. */
import { watch as watchDirectory } from 'node:fs';
import type { Clock, Timer } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Log } from '../lib/log.ts';
import { toLessons } from './assemble.ts';
import type { Lessons } from './contract.ts';
import { readKeptContent } from './kept.ts';
import { readContent } from './load.ts';

export type OpenLessonsOptions = {
  directories: readonly string[];
  /** Read anew what an author saves. */
  watch: boolean;
  /** File in which what was read is kept for the next start. */
  keptIn?: string;
  clock: Clock;
  log: Log;
};

/** Editors save in several steps, and a change of branch touches many files: one reading serves them. */
const QUIET_MS = 150;

/** Rejects only where a directory itself cannot be read. */
export async function openLessons(options: OpenLessonsOptions): Promise<Lessons & Disposable> {
  const { directories, clock, log } = options;
  const changes = new Emitter<void>();
  let lessons = await read(options);
  let soon: Timer | null = null;
  let reading: Promise<void> = Promise.resolve();
  const readAgain = async () => {
    try {
      lessons = await read(options);
      changes.emit();
    } catch (error) {
      log.error('the lessons could not be read anew; those read before stay', { error });
    }
  };
  const changed = () => {
    soon?.cancel();
    soon = clock.after(QUIET_MS, () => (reading = reading.then(readAgain)));
  };
  const watchers = options.watch
    ? directories.map((directory) => watchDirectory(directory, { recursive: true }, changed))
    : [];
  for (const watcher of watchers)
    watcher.on('error', (error) => log.warn('saved lessons are not noticed any more', { error }));
  return {
    courses: (locale) => lessons.courses(locale),
    page: (key, locale, seed) => lessons.page(key, locale, seed),
    definition: (key, seed) => lessons.definition(key, seed),
    all: () => lessons.all(),
    broken: () => lessons.broken(),
    onChange: (listener) => changes.on(listener),
    [Symbol.dispose]() {
      soon?.cancel();
      for (const watcher of watchers) watcher.close();
    },
  };
}

async function read({ directories, keptIn, log }: OpenLessonsOptions): Promise<Lessons> {
  const { courses, problems } = keptIn
    ? await readKeptContent(keptIn, directories, log)
    : await readContent(directories);
  for (const { file, line, message } of problems) log.error(`${file}:${line}  ${message}`);
  return toLessons(courses);
}
