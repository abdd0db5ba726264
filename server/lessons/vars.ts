/**
 * Values that differ from learner to learner, so that answers cannot be passed on. `vars:` in lesson.yaml names them, and
 * `{{name}}` in any text, script or file of the lesson stands for the value. They are filled in before anything is read.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { LaidFile, LessonFolder } from './folder.ts';
import type { Problems } from './problem.ts';
import { readYaml } from './yaml.ts';

const nameSchema = z.string().regex(/^[a-z][a-z0-9]{0,31}$/, 'name it with small letters and digits');

export const varsSchema = z.record(
  nameSchema,
  z.union([
    z.strictObject({ pick: z.array(z.string().min(1).max(200)).min(2).max(100) }).describe('One of these.'),
    z.strictObject({ port: z.literal(true) }).describe('A free port from 8100 to 8999.'),
    z.strictObject({ word: z.literal(true) }).describe('A short English word, fit for a name.'),
  ]),
);
export type Vars = z.infer<typeof varsSchema>;
export type Values = Readonly<Record<string, string>>;

/** Those of who only reads, and of the checks. */
export const SAMPLE_SEED = 'sample';

const PORT_FIRST = 8100;
const PORT_COUNT = 900;
const WORDS =
  'amber apple birch bison cedar cloud comet coral crane daisy delta ember falcon fern finch flint forest frost garnet glade harbor hazel heron holly indigo iris island ivory jade juniper lagoon larch lemon lilac linden lotus maple marble meadow mint moss nectar ocean olive onyx opal orchid otter pearl pebble pepper pine plum poppy prairie quartz raven reef river robin rowan saffron sage salmon sparrow spruce swan tulip violet walnut willow'.split(
    ' ',
  );

/** A field of its own and in block style, so that it can be read before the rest, whose `{{…}}` may be no YAML yet. */
const BLOCK = /^vars:[^\S\n]*\n(?:(?:[^\S\n]+[^\n]*|)\n)*/m;
const PLACEHOLDER = /\{\{\s*([a-z][a-z0-9]{0,31})\s*\}\}/g;
/** Words of Go templates, which `docker ps --format` takes in the same braces. */
const TEMPLATE_WORDS = ['end', 'else', 'break', 'continue', 'println', 'json'];

const blockSchema = z.object({ vars: varsSchema });

/** None, and a problem, when the field is there and cannot be used. */
export function readVars(source: { file: string; text: string }, problems: Problems): Vars {
  const block = BLOCK.exec(source.text);
  if (!block) {
    if (/^vars:/m.test(source.text))
      problems.add(source.file, 1, 'vars: write one value to a line, below vars:, moved in by two blanks');
    return {};
  }
  // Blank lines before it keep the line numbers right.
  const above = source.text.slice(0, block.index).replaceAll(/[^\n]+/g, '');
  return readYaml(blockSchema, { file: source.file, text: above + block[0] }, problems)?.value.vars ?? {};
}

/** The same seed gives the same values; ports of one lesson differ from each other. */
export function valuesOf(vars: Vars, seed: string): Values {
  const ports = new Set<number>();
  return Object.fromEntries(
    Object.entries(vars).map(([name, source]) => {
      const digest = createHash('sha256').update(`${seed}\0${name}`).digest();
      const draw = (sides: number) => digest.readUInt32BE(0) % sides;
      if ('pick' in source) return [name, source.pick[draw(source.pick.length)]!];
      if ('word' in source) return [name, WORDS[draw(WORDS.length)]!];
      let port = draw(PORT_COUNT);
      while (ports.has(port)) port = (port + 1) % PORT_COUNT;
      ports.add(port);
      return [name, String(PORT_FIRST + port)];
    }),
  );
}

export function fillFolder(folder: LessonFolder, values: Values): LessonFolder {
  if (Object.keys(values).length === 0) return folder;
  return {
    texts: new Map(Array.from(folder.texts, ([path, text]) => [path, fill(text, values)])),
    files: folder.files.map((file) => fillFile(file, values)),
  };
}

/** Every `{{name}}` that nobody explains, where the lesson has values at all. */
export function checkPlaceholders(
  { folder, vars, shown }: { folder: LessonFolder; vars: Vars; shown: (path: string) => string },
  problems: Problems,
): void {
  const names = Object.keys(vars);
  if (names.length === 0) return;
  for (const [path, text] of folder.texts)
    for (const [index, line] of text.split('\n').entries())
      for (const [, name] of line.matchAll(PLACEHOLDER))
        if (!names.includes(name!) && !TEMPLATE_WORDS.includes(name!))
          problems.add(
            shown(path),
            index + 1,
            `{{${name}}} is not among vars; it must be one of: ${names.join(', ')}`,
          );
}

function fill(text: string, values: Values): string {
  return text.replaceAll(PLACEHOLDER, (whole, name: string) => values[name] ?? whole);
}

function fillFile(file: LaidFile, values: Values): LaidFile {
  const text = file.content.toString('utf8');
  const isText = text.includes('{{') && Buffer.from(text).equals(file.content);
  return isText ? { ...file, content: Buffer.from(fill(text, values)) } : file;
}
