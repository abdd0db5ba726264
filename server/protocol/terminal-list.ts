/** The terminals of a sandbox as its learner has arranged them: the same in every browser, and after a reload. */
import { z } from 'zod';
import { machineNameSchema, terminalNameSchema } from './ids.ts';
import { TERMINAL_LABEL_MAX } from './numbers.ts';

const terminalLabelSchema = z.string().trim().min(1).max(TERMINAL_LABEL_MAX);

export const terminalTabSchema = z.strictObject({
  machine: machineNameSchema,
  name: terminalNameSchema,
  /** What the learner calls it; absent where it goes by its machine and name. */
  label: terminalLabelSchema.optional(),
});
export type TerminalTab = z.infer<typeof terminalTabSchema>;

/** In their order on the page. Bounded by machines and by the terminals that each may have. */
export const terminalListSchema = z.array(terminalTabSchema).max(9 * 64);

const which = { machine: machineNameSchema, name: terminalNameSchema };

export const terminalActionSchema = z.discriminatedUnion('action', [
  /** Fine when it is there already. */
  z.strictObject({ action: z.literal('open'), ...which }),
  /** Ends its shell. The last one stays. */
  z.strictObject({ action: z.literal('close'), ...which }),
  /** Null: it goes by its machine and name again. */
  z.strictObject({ action: z.literal('rename'), ...which, label: terminalLabelSchema.nullable() }),
  /** To this place among all, counted from 0. */
  z.strictObject({ action: z.literal('move'), ...which, to: z.int().min(0).max(1000) }),
]);
export type TerminalAction = z.infer<typeof terminalActionSchema>;
