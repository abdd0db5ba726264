/** JSON from those who may send anything. */

/** @returns undefined, which no JSON means, where the text is none; what it holds is for a schema to say. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
