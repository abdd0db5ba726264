/** Cuts what an author or a learner wrote to what fits into a sentence. */
const MAX_CHARACTERS = 80;

/** Its first line, and not all of that when it is long. */
export function shortened(text: string): string {
  const first = text.split('\n')[0] ?? '';
  const cut = first.length > MAX_CHARACTERS ? first.slice(0, MAX_CHARACTERS - 1) : first;
  return cut === text ? text : `${cut}…`;
}
