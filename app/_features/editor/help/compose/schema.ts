/** The schema of compose files, and the few questions that are asked of it. */
import spec from './compose-spec.json';

/**
 * As much of JSON schema as compose's uses: a test holds the file to it. The file is the one of compose-go 2.4.8 (The
 * Compose Specification Authors, Apache-2.0), byte for byte the one inside the machines' own docker-compose.
 */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  additionalProperties?: boolean;
  items?: Schema;
  oneOf?: Schema[];
  required?: string[];
  uniqueItems?: boolean;
  minimum?: number;
  maximum?: number;
};

const DEFINITIONS = (spec as unknown as { definitions: Record<string, Schema> }).definitions;
export const COMPOSE = spec as unknown as Schema;

/** What may stand here, one by one: references followed, choices laid open. */
export function choicesOf(schema: Schema): Schema[] {
  if (schema.$ref) return choicesOf(DEFINITIONS[schema.$ref.replace('#/definitions/', '')]!);
  return schema.oneOf ? schema.oneOf.flatMap(choicesOf) : [schema];
}

/** What this key may hold; null where the key is not known. */
export function memberOf(schema: Schema, key: string): Schema | null {
  const known = schema.properties && Object.hasOwn(schema.properties, key) ? schema.properties[key]! : null;
  if (known) return known;
  for (const [pattern, value] of Object.entries(schema.patternProperties ?? {}))
    if (new RegExp(pattern, 'u').test(key)) return value;
  return schema.additionalProperties === false ? null : {};
}

export type Kind = 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'object' | 'array';

export function kindsOf(schema: Schema): Kind[] {
  const { type } = schema;
  if (type === undefined) return [];
  return (typeof type === 'string' ? [type] : type) as Kind[];
}

/** In the order in which the schema names them, each once. */
export function allKindsOf(schema: Schema): Kind[] {
  return [...new Set(choicesOf(schema).flatMap(kindsOf))];
}

export type Step = string | typeof ITEM;
/** In the place of a key: any item of a list. */
export const ITEM = Symbol('item');

/** All that may stand at the end of a path; empty where the path leads nowhere. */
export function at(path: readonly Step[]): Schema[] {
  let here = choicesOf(COMPOSE);
  for (const step of path)
    here = here.flatMap((schema) => {
      const next = step === ITEM ? (schema.items ?? null) : isMap(schema) ? memberOf(schema, step) : null;
      return next ? choicesOf(next) : [];
    });
  return here;
}

const isMap = (schema: Schema) => kindsOf(schema).includes('object');

/**
 * Which words explain this place: `service.image` for every service's image, whatever the service is called. A list's
 * items are as the list.
 */
export function topicOf(path: readonly Step[]): string | null {
  const names = path.filter((step) => step !== ITEM);
  const key = names.at(-1);
  if (key === undefined) return null;
  if (names.length === 1) return key;
  // In these the learner gives the names.
  const isNamed = ['services', 'networks', 'volumes', 'secrets', 'configs'].includes(names[0]!);
  if (isNamed && names.length === 2) return null;
  const kind = names[0]!.replace(/s$/, '');
  if (names.length === 3 && isNamed) return `${kind}.${key}`;
  const isBelowName = names.length === 5 && ['depends_on', 'networks'].includes(names[2]!);
  return `${names.at(isBelowName ? -3 : -2)!}.${key}`;
}
