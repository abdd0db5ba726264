/** The tables of classes and of what happened to learners, in memory. */
import type {
  ClassRow,
  ClassTable,
  EnrolmentRow,
  MeetingRow,
  LearnerEventRow,
  LearnerEventTable,
  NoteRow,
  RemovedRow,
  TokenRow,
} from '../../store/contract.ts';

export type ClassRows = {
  classes: Map<string, ClassRow>;
  enrolments: Map<string, EnrolmentRow>;
  notes: NoteRow[];
  tokens: Map<string, TokenRow>;
  meetings: Map<string, MeetingRow>;
  removed: RemovedRow[];
};

export function emptyClassRows(): ClassRows {
  return {
    classes: new Map(),
    enrolments: new Map(),
    notes: [],
    tokens: new Map(),
    meetings: new Map(),
    removed: [],
  };
}

export function fakeClassTable(rows: ClassRows): ClassTable {
  const dropOf = (table: Map<string, { classId: string }>, classId: string) => {
    for (const [id, row] of table) if (row.classId === classId) table.delete(id);
  };
  return {
    all: async () => structuredClone([...rows.classes.values()]),
    async create(row) {
      rows.classes.set(row.id, structuredClone(row));
    },
    async update(id, change) {
      const row = rows.classes.get(id);
      if (!row) throw new Error(`invariant: there is no class ${id}`);
      rows.classes.set(id, structuredClone({ ...row, ...change }));
      if (change.code) rows.removed = rows.removed.filter(({ classId }) => classId !== id);
    },
    async remove(id) {
      rows.classes.delete(id);
      dropOf(rows.enrolments, id);
      dropOf(rows.tokens, id);
      rows.meetings.delete(id);
      rows.notes = rows.notes.filter(({ classId }) => classId !== id);
      rows.removed = rows.removed.filter(({ classId }) => classId !== id);
    },
    enrolments: async () => structuredClone([...rows.enrolments.values()]),
    async saveEnrolment(row) {
      rows.enrolments.set(row.id, structuredClone(row));
    },
    async addEnrolments(added) {
      for (const row of added) rows.enrolments.set(row.id, structuredClone(row));
    },
    async removeEnrolment(id) {
      rows.enrolments.delete(id);
    },
    removed: async () => structuredClone(rows.removed),
    async addRemoved(row) {
      rows.removed.push(structuredClone(row));
    },
    async join(classId, code, row) {
      const known = rows.classes.get(classId)?.code;
      if (!known || known.code !== code || known.uses >= (known.maxUses ?? Infinity)) return false;
      known.uses++;
      rows.enrolments.set(row.id, structuredClone(row));
      return true;
    },
    async notes(classId, enrolmentId, limit) {
      const own = rows.notes.filter((note) => note.classId === classId);
      return structuredClone(
        own.filter((note) => note.enrolmentId === null || note.enrolmentId === enrolmentId).slice(-limit),
      );
    },
    async addNote(row) {
      rows.notes.push(structuredClone(row));
    },
    meetings: async () => structuredClone([...rows.meetings.values()]),
    async saveMeeting(row) {
      rows.meetings.set(row.classId, structuredClone(row));
    },
    async removeMeeting(classId) {
      rows.meetings.delete(classId);
    },
    tokens: async (classId) =>
      structuredClone([...rows.tokens.values()].filter((token) => token.classId === classId)),
    async addToken(row) {
      rows.tokens.set(row.id, structuredClone(row));
    },
    async removeToken(classId, id) {
      if (rows.tokens.get(id)?.classId === classId) rows.tokens.delete(id);
    },
    async tokenUsed(fingerprint, at) {
      const token = [...rows.tokens.values()].find((one) => one.fingerprint === fingerprint);
      if (token) token.lastUsedAt = at;
      return structuredClone(token ?? null);
    },
  };
}

export function fakeLearnerEventTable(rows: LearnerEventRow[]): LearnerEventTable {
  return {
    async add(event) {
      rows.push(structuredClone(event));
    },
    async of(userId, { before, limit }) {
      const own = rows.filter((row) => row.userId === userId && (!before || row.at < before));
      return structuredClone(own.slice(-limit).toReversed());
    },
    async since(userIds, since) {
      return structuredClone(rows.filter((row) => userIds.includes(row.userId) && row.at >= since));
    },
  };
}
