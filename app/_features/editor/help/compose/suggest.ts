/** What may be written at the cursor in a compose file: keys and values of the schema, and names that the file declares. */
import { isMap } from 'yaml';
import type { Hint, Hints, Span, Spot } from '../wire.ts';
import { parseCompose } from './check.ts';
import { keysBeside, placeOf, type Place } from './place.ts';
import { namesOf } from './references.ts';
import {
  allKindsOf,
  at as schemasAt,
  choicesOf,
  ITEM,
  kindsOf,
  topicOf,
  type Kind,
  type Schema,
  type Step,
} from './schema.ts';

const NOTHING: Hints = { hints: [], image: null };

/** Known to the engine, where the schema says only `string`. */
const KNOWN: Record<string, readonly string[]> = {
  'service.restart': ['no', 'always', 'on-failure', 'unless-stopped'],
  'service.network_mode': ['bridge', 'host', 'none'],
  'network.driver': ['bridge', 'host', 'overlay', 'macvlan', 'none'],
  'volume.driver': ['local'],
  'volumes.type': ['bind', 'volume', 'tmpfs'],
  'ports.protocol': ['tcp', 'udp'],
  'deploy.mode': ['replicated', 'global'],
  'restart_policy.condition': ['none', 'on-failure', 'any'],
};

export function suggest(text: string, at: Spot): Hints {
  const place = placeOf(text, at);
  if (!place) return NOTHING;
  const here = schemasAt(place.path);
  const values = valuesAt(text, place, here);
  if (place.slot === 'value')
    return topicOf(place.path) === 'service.image'
      ? { hints: [], image: { span: place.span, typed: place.typed } }
      : { hints: values, image: null };
  const present = keysBeside(text, at, place.indent);
  return { hints: [...values, ...keysAt(place, here, present)], image: null };
}

function keysAt(place: Place, here: Schema[], present: string[]): Hint[] {
  const hints = new Map<string, Hint>();
  for (const schema of here)
    for (const [key, member] of Object.entries(schema.properties ?? {}))
      if (!present.includes(key) && !hints.has(key)) hints.set(key, keyHint(place, key, member));
  return [...hints.values()];
}

function keyHint({ path, span, indent, hasColon }: Place, key: string, member: Schema): Hint {
  const kinds = allKindsOf(member);
  const inner = ' '.repeat(indent + 2);
  const first = kinds[0];
  const follows = first === 'object' ? `\n${inner}` : first === 'array' ? `\n${inner}- ` : ' ';
  return {
    kind: 'property',
    label: key,
    insert: hasColon ? key : `${key}:${follows}`,
    isSnippet: false,
    span,
    topic: topicOf([...path, key]),
    types: kinds,
    goesOn: !hasColon && offersMore(member, topicOf([...path, key])),
  };
}

/** Whether there is anything to choose after this key. */
function offersMore(member: Schema, topic: string | null): boolean {
  if (topic !== null && (topic in KNOWN || NAMING.includes(topic))) return true;
  return choicesOf(member).some(
    (one) =>
      one.enum ||
      one.properties ||
      kindsOf(one).includes('boolean') ||
      (one.items && offersMore(one.items, null)),
  );
}

/** Keys after which names are chosen. */
const NAMING = [
  'service.image',
  'service.depends_on',
  'service.networks',
  'service.volumes',
  'service.secrets',
  'service.configs',
];

function valuesAt(text: string, place: Place, here: Schema[]): Hint[] {
  const isItem = place.path.at(-1) === ITEM;
  if (place.slot === 'key' && !isItem)
    return namesAt(text, place.path).map((name) =>
      nameHint(name, place.span, place.hasColon ? name : `${name}:`),
    );
  const names = namesAt(text, place.path).map((name) => nameHint(name, place.span));
  const known = KNOWN[topicOf(place.path) ?? ''] ?? here.flatMap(({ enum: one }) => (one ?? []).map(String));
  const isSwitch = here.some((schema) => kindsOf(schema).includes('boolean')) && known.length === 0;
  const values = isSwitch ? ['true', 'false'] : known;
  const kinds = [...new Set(here.flatMap(kindsOf))];
  return [...names, ...values.map((value) => valueHint(value, place.span, kinds))];
}

/** Names that are to be repeated here: of services in `depends_on`, of what is declared below. */
function namesAt(text: string, path: readonly Step[]): string[] {
  const [top, service, key, last] = path;
  const isEntry = path.length === 4 && last === ITEM;
  if (top !== 'services' || (!isEntry && path.length !== 3)) return [];
  const root = parseCompose(text).documents[0]?.contents;
  if (!isMap(root)) return [];
  if (key === 'depends_on') return namesOf(root, 'services').filter((name) => name !== service);
  if (key === 'networks') return namesOf(root, 'networks');
  if (!isEntry) return [];
  if (key === 'volumes') return namesOf(root, 'volumes').map((name) => `${name}:`);
  return key === 'secrets' || key === 'configs' ? namesOf(root, key) : [];
}

function nameHint(name: string, span: Span, insert = name): Hint {
  return { kind: 'name', label: name, insert, isSnippet: false, span, topic: null, types: [], goesOn: false };
}

function valueHint(value: string, span: Span, kinds: readonly Kind[]): Hint {
  // `no` and `none` alone are words; `no` is read as a truth value by some.
  const insert = value === 'no' ? '"no"' : value;
  return {
    kind: 'value',
    label: value,
    insert,
    isSnippet: false,
    span,
    topic: null,
    types: kinds,
    goesOn: false,
  };
}
