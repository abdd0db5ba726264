/** The inner engine's event stream: one JSON object a line, each bounded and parsed, and never faster than we take them. */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

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
/** More than a learner can cause; a tenant who sends more waits, at our pace. */
const EVENTS_PER_SECOND = 500;

/** Ends with the stream; throws when a line is too long to be an event. Lines that are not events are passed over. */
export async function* readEvents(stream: AsyncIterable<Buffer>): AsyncGenerator<EngineEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  let taken = 0;
  let sinceMs = performance.now();
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE_CHARACTERS) throw new RangeError('an event of over 64 KiB');
    for (const line of lines) {
      if (++taken > EVENTS_PER_SECOND) {
        await pause(Math.max(0, sinceMs + 1000 - performance.now()));
        taken = 1;
        sinceMs = performance.now();
      }
      const event = parseEvent(line);
      if (event) yield event;
    }
    if (performance.now() - sinceMs > 1000) {
      taken = 0;
      sinceMs = performance.now();
    }
  }
}

function parseEvent(line: string): EngineEvent | null {
  try {
    return eventSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
