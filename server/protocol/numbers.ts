/** Numbers of the wire that pages need at run time, without the schemas: importing a schema would bring zod (30 KB) to the browser. */

/** Bytes of terminal output kept for a returning browser. */
export const REPLAY_BYTES = 2 * 1024 * 1024;
/** Bytes that may be on the way to one viewer without an `ack`. */
export const WINDOW_BYTES = 512 * 1024;
/** A browser acknowledges after this many bytes have been drawn. */
export const ACK_EVERY_BYTES = 64 * 1024;
/** Largest binary frame of a terminal in either direction. */
export const FRAME_BYTES = 64 * 1024;

/** Why the server closed a WebSocket. 4xxx follows the HTTP status of the same meaning. */
export const CLOSE_CODES = {
  notSignedIn: 4401,
  notAllowed: 4403,
  notFound: 4404,
  tooMany: 4429,
  broken: 4500,
} as const;

/** In a playground. */
export const MACHINES_MOST = 3;

/** Characters that a terminal's own name may have. */
export const TERMINAL_LABEL_MAX = 32;

/** What a task of a scored course is worth, and what a hint takes of it. */
export const POINTS_PER_TASK = 10;
export const POINTS_PER_HINT = 3;

export const NAME_MAX = 60;
export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 128;

/** Bounds on what is done with a machine's files; the helper in the machine has the same. */
export const FILE_LIMITS = {
  pathBytes: 4095,
  /** Of one directory that are told. */
  entries: 2000,
  /** Largest file that the editor opens and saves. */
  textBytes: 2 * 1024 * 1024,
  uploadBytes: 50 * 1024 * 1024,
  /** Things that one deletion may take. */
  deleted: 20_000,
  /** Files and directories of one machine that are watched. */
  watched: 64,
} as const;

/** What is kept of a sandbox: older ones of steps go first, those with a name never by themselves. */
export const HISTORY_LIMITS = { kept: 20, named: 5, nameCharacters: 40, losses: 30 } as const;

/** Bounds on classes. */
export const CLASS_LIMITS = {
  nameCharacters: 80,
  lessons: 60,
  learners: 500,
  /** Of one instructor. */
  classes: 100,
  weight: 100,
  csvCharacters: 200_000,
  noteCharacters: 500,
  notesShown: 20,
  /** Of a command, and of the end of a terminal's screen, on a tile. */
  lineCharacters: 160,
  screenLines: 4,
  eventsShown: 100,
  tokens: 20,
} as const;
