/** Which notes this browser has closed: a note stays until then, over reloads too. */
import { useCallback, useState } from 'react';

const PLACE = 'drydock-notes-read';
/** More than a page shows of all classes; older ones are not shown any more. */
const KEPT = 200;

/** Whatever else stands there counts as nothing read. */
export function parseRead(value: string | null): string[] {
  try {
    const ids: unknown = JSON.parse(value ?? '[]');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string').slice(-KEPT) : [];
  } catch {
    return [];
  }
}

export function useReadNotes() {
  const [read, setRead] = useState<ReadonlySet<string>>(
    () => new Set(parseRead(localStorage.getItem(PLACE))),
  );
  const markRead = useCallback((ids: readonly string[]) => {
    // Another tab may have read some since.
    const all = [...new Set([...parseRead(localStorage.getItem(PLACE)), ...ids])].slice(-KEPT);
    localStorage.setItem(PLACE, JSON.stringify(all));
    setRead((before) => new Set([...before, ...all]));
  }, []);
  return { read, markRead };
}
