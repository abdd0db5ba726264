/** What the page and the workers of the help say to each other: places, findings, hints; plain data. */

/** Both from zero, as language servers count; a character is a UTF-16 unit. */
export type Spot = { line: number; character: number };
export type Span = { start: Spot; end: Spot };

export type Finding = {
  span: Span;
  severity: 'error' | 'warning';
  /** Which words say it. */
  code: string;
  /** What the words leave blank. */
  values: Record<string, string>;
  /** What a library says itself, for where it is shown as it is and for codes without words. */
  english: string | null;
  /** What was probably meant instead. */
  near: string | null;
};

/** An image that will be pulled, as it is written. */
export type ImageUse = { span: Span; name: string };
export type Findings = { findings: Finding[]; images: ImageUse[] };

export type HintKind = 'keyword' | 'property' | 'value' | 'name' | 'variable' | 'folder' | 'image';
export type Hint = {
  kind: HintKind;
  label: string;
  /** Put in the place of `span`; with `${1:…}` where `isSnippet`. */
  insert: string;
  isSnippet: boolean;
  span: Span;
  /** Which words explain it; null: none. */
  topic: string | null;
  /** What may stand there: `string`, `list`. */
  types: readonly string[];
  /** Something is to be chosen again after it. */
  goesOn: boolean;
};
/** `image`: here stands an image, so far written like this; which ones there are only the page knows. */
export type Hints = { hints: Hint[]; image: { span: Span; typed: string } | null };

/** About what the pointer is on: by words of ours, or as a text of the file's own (the value of a variable). */
export type Explanation = {
  span: Span | null;
  title: string | null;
  topic: string | null;
  types: readonly string[];
  text: string | null;
};

export type Signatures = {
  labels: { label: string; parts: string[] }[];
  active: number;
  activePart: number;
};
export type Edit = { span: Span; text: string };

/** What a worker does; every call has the whole text, so that a worker keeps nothing. */
export type Helper = {
  check: (text: string, options: { isWhole: boolean }) => Findings;
  hints: (text: string, at: Spot) => Hints | Promise<Hints>;
  explain: (text: string, at: Spot) => Explanation | null;
  signatures: (text: string, at: Spot) => Signatures | null;
  format: (text: string, options: { tabSize: number; insertSpaces: boolean }) => Edit[];
};

export type Question = { id: number; call: keyof Helper; args: unknown[] };
export type Answer = { id: number; value: unknown } | { id: number; failed: string };
