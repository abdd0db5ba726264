/** What happened to one learner, newest first: what is written down of them, and their commands, as far as a class reaches. */
import { CLASS_LIMITS } from '../protocol/numbers.ts';
import { type Timeline, type TimelineEvent, timelineEventSchema } from '../protocol/wall.ts';
import type { ClassRow, CommandTable, EnrolmentRow, LearnerEventTable } from '../store/contract.ts';
import { gives } from './rights.ts';

export type TimelineTables = {
  events: Pick<LearnerEventTable, 'of'>;
  commands: Pick<CommandTable, 'typedBy'>;
};

/** Looked at for one page: what lies in other classes' lessons is passed over. */
const READ_MAX = 4 * CLASS_LIMITS.eventsShown;

/** Nothing from before they joined, of other lessons, or of what was between them and another class. */
export async function timelineOf(
  { events, commands }: TimelineTables,
  { row, place }: { row: ClassRow; place: EnrolmentRow },
  before?: Date,
): Promise<Timeline> {
  const { userId, joinedAt } = place;
  if (userId === null || joinedAt === null) return { events: [], before: null };
  const [noted, typed] = await Promise.all([
    events.of(userId, { before, limit: READ_MAX }),
    commands.typedBy(userId, { before, limit: READ_MAX }),
  ]);
  const ofEvents = noted.flatMap((one) => {
    const { class: only, ...data } = one.data as Record<string, unknown> & { class?: unknown };
    if (only !== undefined && only !== row.id) return [];
    return shown({ ...data, kind: one.kind, at: one.at.toISOString(), lesson: one.lesson });
  });
  const ofCommands = typed.flatMap(({ startedAt, ...command }) => {
    const { lesson, machine, terminal, line, exitCode, durationMs } = command;
    const at = startedAt.toISOString();
    return shown({ kind: 'command', at, lesson, machine, terminal, line, exitCode, durationMs });
  });
  // A table that gave as much as was asked for may hold more: only what is newer than its end is certain to be in order.
  const ends = [noted, typed].flatMap((rows) => (rows.length === READ_MAX ? endOf(rows) : []));
  const end = ends.length > 0 ? Math.max(...ends) : -Infinity;
  const known = [...ofEvents, ...ofCommands]
    .filter(({ at, lesson }) => gives(row, lesson) && Date.parse(at) >= joinedAt.getTime())
    .filter(({ at }) => Date.parse(at) > end)
    .toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at));
  const page = pageOf(known);
  const last = page.length < known.length ? page.at(-1)!.at : null;
  return {
    events: page,
    before: last ?? (end > joinedAt.getTime() ? new Date(end + 1).toISOString() : null),
  };
}

/** The next page asks for what is older than the last of this: those of one moment stay together. */
function pageOf(known: TimelineEvent[]): TimelineEvent[] {
  const most = CLASS_LIMITS.eventsShown;
  if (known.length <= most) return known;
  const next = known[most]!.at;
  const whole = known.slice(0, most).filter(({ at }) => at !== next);
  return whole.length > 0 ? whole : known.slice(0, most);
}

function endOf(rows: readonly ({ at: Date } | { startedAt: Date })[]): number[] {
  const last = rows.at(-1)!;
  return [('at' in last ? last.at : last.startedAt).getTime()];
}

/** What an older server wrote, or a machine forged, is left out where the wire does not know it. */
function shown(event: unknown): TimelineEvent[] {
  const parsed = timelineEventSchema.safeParse(event);
  return parsed.success ? [parsed.data] : [];
}
