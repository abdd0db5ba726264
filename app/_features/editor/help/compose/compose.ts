/** Help with compose files: YAML as it is written, and the schema that the machines' docker-compose goes by. */
import { isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Explanation, Helper, Spot } from '../wire.ts';
import { checkCompose, parseCompose, spanOfNode, type Parsed } from './check.ts';
import { checkReferences, entriesOf, imagesIn } from './references.ts';
import { at as schemasAt, ITEM, kindsOf, topicOf, type Step } from './schema.ts';
import { suggest } from './suggest.ts';

export const composeHelp: Helper = {
  check: (text, { isWhole }) => {
    const parsed = parseCompose(text);
    const findings = checkCompose(parsed);
    const references = isWhole ? checkReferences(parsed) : [];
    return { findings: [...findings, ...references], images: imagesIn(parsed) };
  },
  hints: suggest,
  explain,
  signatures: () => null,
  // What would print it anew would move comments and blank lines that a learner meant.
  format: () => [],
};

/** About the key that the pointer is on. */
function explain(text: string, at: Spot): Explanation | null {
  const parsed = parseCompose(text);
  for (const { contents } of parsed.documents) {
    const found = keyAt(contents, [], at, parsed);
    if (!found) continue;
    const kinds = [...new Set(schemasAt(found.path).flatMap(kindsOf))];
    const topic = topicOf(found.path);
    if (kinds.length === 0) return null;
    const title = found.path.at(-1) as string;
    return { span: spanOfNode(found.key, parsed.spanOf), title, topic, types: kinds, text: null };
  }
  return null;
}

function keyAt(
  node: Node | null,
  path: Step[],
  at: Spot,
  parsed: Parsed,
): { key: Node; path: Step[] } | null {
  if (isSeq(node)) {
    for (const item of node.items) {
      const found = keyAt(item as Node, [...path, ITEM], at, parsed);
      if (found) return found;
    }
  }
  for (const { name, key, value } of isMap(node) ? entriesOf(node) : []) {
    const { start, end } = spanOfNode(key, parsed.spanOf);
    const inner = [...path, name];
    if (
      isScalar(key) &&
      start.line === at.line &&
      at.character >= start.character &&
      at.character <= end.character
    )
      return { key, path: inner };
    const found = keyAt(value, inner, at, parsed);
    if (found) return found;
  }
  return null;
}
