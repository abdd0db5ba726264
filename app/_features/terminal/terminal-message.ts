/** Reads the server's control messages without a schema library, which would weigh more than the page's own code. */
import type { TerminalServerMessage } from '#server/protocol/terminal.ts';

/** Field → what it must be, per type. The compiler holds this to the wire's types. */
type Fields<Message> = {
  [Key in Exclude<keyof Message, 'type'>]: Message[Key] extends number
    ? 'number'
    : Message[Key] extends boolean
      ? 'boolean'
      : 'string';
};
const FIELDS: {
  [Type in TerminalServerMessage['type']]: Fields<Extract<TerminalServerMessage, { type: Type }>>;
} = {
  ready: { offset: 'number', truncated: 'boolean', replayTo: 'number', readOnly: 'boolean' },
  size: { cols: 'number', rows: 'number' },
  title: { title: 'string' },
  exit: { code: 'number' },
  error: { code: 'string' },
  viewers: { count: 'number' },
};

/** Null for what this page does not know: a newer server may say more. */
export function parseTerminalMessage(text: string): TerminalServerMessage | null {
  const message: unknown = JSON.parse(text);
  if (typeof message !== 'object' || message === null || !('type' in message)) return null;
  const { type } = message;
  if (typeof type !== 'string' || !Object.hasOwn(FIELDS, type)) return null;
  const fields = Object.entries(FIELDS[type as TerminalServerMessage['type']]);
  const values = new Map<string, unknown>(Object.entries(message));
  if (!fields.every(([name, kind]) => typeof values.get(name) === kind)) return null;
  return message as TerminalServerMessage;
}
