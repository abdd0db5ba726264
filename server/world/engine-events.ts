/** The inner engine's event stream: one JSON object a line, each bounded and parsed, and never faster than we take them. */
import { z } from 'zod';
import { parseJson } from '../lib/json.ts';
import type { Allowance } from './allowance.ts';

const attribute = z.string().max(512).optional();

const eventSchema = z.object({
  Type: z.string().max(32),
  Action: z.string().max(600),
  Actor: z.object({
    ID: z.string().max(300),
    Attributes: z
      .object({ name: attribute, image: attribute, exitCode: attribute, container: attribute })
      .nullish()
      .transform((attributes) => attributes ?? {}),
  }),
});
export type EngineEvent = z.infer<typeof eventSchema>;

const MAX_LINE_CHARACTERS = 64 * 1024;

/** Ends with the stream; throws when a line is too long to be an event. Lines that are not events are passed over. */
export async function* readEvents(
  stream: AsyncIterable<Buffer>,
  allowance: Allowance,
): AsyncGenerator<EngineEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    await allowance.take(chunk.length);
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE_CHARACTERS) throw new RangeError('an event of over 64 KiB');
    for (const line of lines) {
      const event = parseEvent(line);
      if (event) yield event;
    }
  }
}

function parseEvent(line: string): EngineEvent | null {
  return eventSchema.safeParse(parseJson(line)).data ?? null;
}
