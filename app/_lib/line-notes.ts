/** Notes that an editor shows beside the lines of a file; who knows them need not know the editor. */

export type LineNote = {
  /** From 1. */
  first: number;
  last: number;
  /** Also said in the text: a colour says nothing by itself. */
  tone: 'ok' | 'near' | 'fail' | 'quiet';
  text: string;
  /** Shown when pointed at; may be empty. */
  more: string;
};

export type LineNotes = {
  lines: readonly LineNote[];
  /** Said above the file; null: nothing. */
  above: string | null;
};

/** Null where nothing is to be said of the file. */
export type NotesOf = (path: string, text: string) => LineNotes | null;
