/** Classes, who is in them, what is said to them, and the tokens that read their gradebooks. */
import { localeSchema } from '#server/protocol/ids.ts';
import type { ClassRow, ClassTable, EnrolmentRow } from './contract.ts';
import type { Class, ClassLesson, PrismaClient } from './generated/client.ts';

/** Kept of each class. */
const NOTES_KEPT = 500;

export function openClassTable(client: PrismaClient): ClassTable {
  const lessons = { orderBy: { position: 'asc' } } as const;
  return {
    async all() {
      const rows = await client.class.findMany({ include: { lessons }, orderBy: { createdAt: 'asc' } });
      return rows.map(classOf);
    },
    async create({ lessons, code, ...row }) {
      await client.class.create({
        data: { ...row, ...codeFields(code), lessons: { create: lessonFields(lessons) } },
      });
    },
    async update(id, { lessons, code, ...change }) {
      const data = { ...change, ...(code !== undefined && codeFields(code)) };
      // One statement after the other in one transaction: a class without its lessons is never seen.
      await client.$transaction([
        client.class.update({ where: { id }, data }),
        ...(lessons
          ? [
              client.classLesson.deleteMany({ where: { classId: id } }),
              client.classLesson.createMany({
                data: lessonFields(lessons).map((lesson) => ({ ...lesson, classId: id })),
              }),
            ]
          : []),
        ...(code ? [client.removedLearner.deleteMany({ where: { classId: id } })] : []),
      ]);
    },
    async remove(id) {
      await client.class.deleteMany({ where: { id } });
    },
    enrolments: () => client.enrolment.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] }),
    async saveEnrolment({ id, ...row }) {
      await client.enrolment.upsert({ where: { id }, create: { id, ...row }, update: row });
    },
    async addEnrolments(rows) {
      await client.enrolment.createMany({ data: [...rows] });
    },
    async removeEnrolment(id) {
      await client.enrolment.deleteMany({ where: { id } });
    },
    removed: () => client.removedLearner.findMany(),
    async addRemoved({ classId, userId }) {
      await client.removedLearner.upsert({
        where: { classId_userId: { classId, userId } },
        create: { classId, userId },
        update: {},
      });
    },
    join: (classId, code, row) => join(client, { classId, code, row }),
    async notes(classId, enrolmentId, limit) {
      const rows = await client.classNote.findMany({
        where: { classId, OR: [{ enrolmentId: null }, { enrolmentId }] },
        orderBy: { at: 'desc' },
        take: limit,
      });
      return rows.toReversed();
    },
    async addNote(row) {
      await client.classNote.create({ data: row });
      await client.$executeRaw`
        DELETE FROM class_note WHERE classId = ${row.classId} AND id NOT IN
          (SELECT id FROM class_note WHERE classId = ${row.classId} ORDER BY at DESC LIMIT ${NOTES_KEPT})`;
    },
    async meetings() {
      const rows = await client.classMeeting.findMany();
      return rows.map(({ course, lesson, ...row }) => ({ ...row, lesson: { course, lesson } }));
    },
    async saveMeeting({ classId, lesson, ...row }) {
      const data = { ...row, ...lesson };
      await client.classMeeting.upsert({ where: { classId }, create: { classId, ...data }, update: data });
    },
    async removeMeeting(classId) {
      await client.classMeeting.deleteMany({ where: { classId } });
    },
    tokens: (classId) => client.classToken.findMany({ where: { classId }, orderBy: { createdAt: 'asc' } }),
    async addToken(row) {
      await client.classToken.create({ data: row });
    },
    async removeToken(classId, id) {
      await client.classToken.deleteMany({ where: { id, classId } });
    },
    async tokenUsed(fingerprint, at) {
      await client.classToken.updateMany({ where: { fingerprint }, data: { lastUsedAt: at } });
      return client.classToken.findUnique({ where: { fingerprint } });
    },
  };
}

type Joining = { classId: string; code: string; row: EnrolmentRow };

async function join(client: PrismaClient, { classId, code, row }: Joining): Promise<boolean> {
  // One statement decides, so that of two who come at once for the last place one is refused.
  const counted = await client.$executeRaw`
    UPDATE class SET codeUses = codeUses + 1
    WHERE id = ${classId} AND code = ${code} AND (codeMaxUses IS NULL OR codeUses < codeMaxUses)`;
  if (counted === 0) return false;
  const { id, ...fields } = row;
  await client.enrolment.upsert({ where: { id }, create: row, update: fields });
  return true;
}

function classOf({
  lessons,
  code,
  codeUses,
  codeMaxUses,
  codeExpires,
  ...row
}: Class & { lessons: ClassLesson[] }): ClassRow {
  return {
    ...row,
    locale: localeSchema.parse(row.locale),
    code: code === null ? null : { code, uses: codeUses, maxUses: codeMaxUses, expiresAt: codeExpires },
    lessons: lessons.map(({ course, lesson, dueAt, weight }) => ({
      lesson: { course, lesson },
      dueAt,
      weight,
    })),
  };
}

function codeFields(code: ClassRow['code']) {
  return {
    code: code?.code ?? null,
    codeUses: code?.uses ?? 0,
    codeMaxUses: code?.maxUses ?? null,
    codeExpires: code?.expiresAt ?? null,
  };
}

function lessonFields(lessons: ClassRow['lessons']) {
  return lessons.map(({ lesson, dueAt, weight }, position) => ({ ...lesson, position, dueAt, weight }));
}
