/** One JSON line per event on standard error: level, where, what, and the fields that explain it. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogFields = Record<string, unknown>;

export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A log whose lines bear this room's name. */
  for(room: string): Log;
}

const ORDER: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 };

export function createLog(options: { level: LogLevel; write?: (line: string) => void; room?: string }): Log {
  const write = options.write ?? ((line: string) => void process.stderr.write(line));
  const at =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      if (ORDER[level] < ORDER[options.level]) return;
      const entry = { time: new Date().toISOString(), level, room: options.room, message, ...plain(fields) };
      write(`${JSON.stringify(entry)}\n`);
    };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    for: (room) => createLog({ ...options, room }),
  };
}

export const silentLog: Log = createLog({ level: 'error', write: () => {} });

/** Errors do not survive JSON.stringify by themselves: keep message, code and the chain of causes. */
function plain(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      value instanceof Error ? describeError(value) : value,
    ]),
  );
}

function describeError(error: Error): LogFields {
  const code = (error as { code?: unknown }).code;
  return {
    message: error.message,
    ...(code === undefined ? {} : { code }),
    ...(error.cause instanceof Error ? { cause: describeError(error.cause) } : {}),
  };
}
