/**
 * The terminal socket. Binary frames are raw terminal bytes, both ways; text frames are these JSON messages.
 * Output is addressed by absolute offset: `ready.offset` is the offset of the next binary byte, and every byte
 * received advances it by one. A second `ready` in mid-stream means that this viewer was skipped ahead.
 */
import { z } from 'zod';
import { WINDOW_BYTES } from './numbers.ts';

export { ACK_EVERY_BYTES, FRAME_BYTES, REPLAY_BYTES, WINDOW_BYTES } from './numbers.ts';

const colsSchema = z.int().min(2).max(500);
const rowsSchema = z.int().min(1).max(300);
const offsetSchema = z.int().min(0);

export const terminalClientMessageSchema = z.discriminatedUnion('type', [
  /** First message on every connection. `offset`: first byte not seen yet; left out: all that is kept. */
  z.strictObject({
    type: z.literal('hello'),
    cols: colsSchema,
    rows: rowsSchema,
    offset: offsetSchema.optional(),
  }),
  z.strictObject({ type: z.literal('resize'), cols: colsSchema, rows: rowsSchema }),
  z.strictObject({ type: z.literal('ack'), bytes: z.int().min(1).max(WINDOW_BYTES) }),
]);
export type TerminalClientMessage = z.infer<typeof terminalClientMessageSchema>;

export const terminalServerMessageSchema = z.discriminatedUnion('type', [
  /**
   * `truncated`: bytes between what the viewer had and `offset` are gone; clear the screen first.
   * `replayTo`: bytes before it are old; what they ask of a terminal was answered then and must not be answered again.
   */
  z.strictObject({
    type: z.literal('ready'),
    offset: offsetSchema,
    truncated: z.boolean(),
    replayTo: offsetSchema,
    readOnly: z.boolean(),
  }),
  /** The size of the shell's screen from here on; every viewer draws at this size, or lines would break elsewhere. */
  z.strictObject({ type: z.literal('size'), cols: colsSchema, rows: rowsSchema }),
  z.strictObject({ type: z.literal('title'), title: z.string().max(256) }),
  z.strictObject({ type: z.literal('exit'), code: z.int() }),
  z.strictObject({
    type: z.literal('error'),
    code: z.enum(['bad_message', 'read_only', 'machine_unreachable']),
  }),
  z.strictObject({ type: z.literal('viewers'), count: z.int().min(1) }),
]);
export type TerminalServerMessage = z.infer<typeof terminalServerMessageSchema>;
