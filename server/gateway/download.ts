/** Answers that a browser saves under a name, instead of showing them. */

/** The header by which it does; any name will do (RFC 6266, with the encoding of RFC 8187). */
export function savedAs(name: string): Record<string, string> {
  const encoded = encodeURIComponent(name).replace(/['()*]/g, percent);
  return { 'content-disposition': `attachment; filename*=UTF-8''${encoded}` };
}

const percent = (character: string) => `%${character.codePointAt(0)!.toString(16).toUpperCase()}`;
