/** What a compose file names must be in it: services, networks, volumes, secrets, configs; and what each service runs. */
import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { nearest } from '../near.ts';
import type { Finding, ImageUse, Span } from '../wire.ts';
import { found, spanOfNode, type Parsed } from './check.ts';

type Named = 'services' | 'networks' | 'volumes' | 'secrets' | 'configs';
type Entry = { name: string; key: Node; value: Node | null };

export function entriesOf(node: unknown): Entry[] {
  if (!isMap(node)) return [];
  return (node.items as Pair<Node, Node | null>[]).flatMap(({ key, value }) =>
    isScalar(key) ? [{ name: String(key.value), key, value }] : [],
  );
}

export const valueAt = (node: unknown, name: string): Node | null =>
  entriesOf(node).find((entry) => entry.name === name)?.value ?? null;

export function namesOf(root: unknown, kind: Named): string[] {
  return entriesOf(valueAt(root, kind)).map(({ name }) => name);
}

/** Something of it comes from elsewhere: from another file, or merged. */
const isOpen = (node: unknown) =>
  isMap(node) && node.items.some(({ key }) => isScalar(key) && /^(<<|extends)$/.test(String(key.value)));

export function checkReferences({ documents, spanOf }: Parsed): Finding[] {
  const [document, ...more] = documents;
  const root = document?.contents;
  if (!isMap(root) || more.length > 0 || document!.errors.length > 0 || valueAt(root, 'include')) return [];
  return entriesOf(valueAt(root, 'services')).flatMap(({ name, key, value }) => {
    if (!isMap(value)) return [];
    const runs = isOpen(value) || valueAt(value, 'image') || valueAt(value, 'build');
    return [
      ...(runs ? [] : [found('nothing-to-run', spanOfNode(key, spanOf), { service: name })]),
      ...namedBy(value).flatMap(({ kind, name, node }) => {
        const declared = namesOf(root, kind);
        if (declared.includes(name) || (kind === 'networks' && name === 'default')) return [];
        return [found(`undeclared-${kind}`, spanOfNode(node, spanOf), { name }, nearest(name, declared))];
      }),
    ];
  });
}

type Use = { kind: Named; name: string; node: Node };

function namedBy(service: YAMLMap): Use[] {
  const uses: Use[] = [];
  const use = (kind: Named, node: Node | null, name = isScalar(node) ? node.value : null) => {
    // Nothing is said of what is not known before compose runs.
    if (node && !isAlias(node) && typeof name === 'string' && name !== '' && !name.includes('$'))
      uses.push({ kind, name, node });
  };
  for (const [key, kind] of [
    ['depends_on', 'services'],
    ['networks', 'networks'],
  ] as const) {
    const value = valueAt(service, key);
    if (isSeq(value)) for (const item of value.items) use(kind, item as Node);
    for (const { name, key } of entriesOf(value)) if (name !== '<<') use(kind, key);
  }
  for (const kind of ['secrets', 'configs'] as const)
    for (const item of itemsOf(valueAt(service, kind)))
      use(kind, isMap(item) ? valueAt(item, 'source') : item);
  for (const item of itemsOf(valueAt(service, 'volumes'))) {
    if (isMap(item)) {
      const type = valueAt(item, 'type');
      if (isScalar(type) && type.value === 'volume') use('volumes', valueAt(item, 'source'));
    } else if (isScalar(item) && typeof item.value === 'string') {
      // `name:/path`: a path of the host begins with / . ~ or a drive.
      const [source, target] = item.value.split(':');
      if (target !== undefined && /^[\w][\w.-]+$/.test(source!)) use('volumes', item, source);
    }
  }
  return uses;
}

const itemsOf = (node: Node | null): Node[] => (isSeq(node) ? (node.items as Node[]) : []);

/** Images that will be pulled: with `build`, `image` is the name that is given. */
export function imagesIn({ documents, spanOf }: Parsed): ImageUse[] {
  return documents.flatMap(({ contents }) =>
    entriesOf(valueAt(contents, 'services')).flatMap(({ value }): ImageUse[] => {
      const image = valueAt(value, 'image');
      if (!isScalar(image) || typeof image.value !== 'string' || image.value === '') return [];
      if (valueAt(value, 'build') || image.value.includes('$')) return [];
      const span: Span = spanOfNode(image, spanOf);
      return [{ name: image.value, span }];
    }),
  );
}
