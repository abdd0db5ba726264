/** Courses and lessons as pages render them: a tree of typed blocks, never HTML. */
import { z } from 'zod';
import { portNumberSchema } from './preview.ts';
import { instantSchema, lessonKeySchema, machineNameSchema, slugSchema, terminalNameSchema } from './ids.ts';

export type Inline =
  | { type: 'text' | 'code'; value: string }
  | { type: 'strong' | 'em' | 'del'; children: Inline[] }
  | { type: 'link'; href: string; children: Inline[] }
  | { type: 'term'; value: string; definition: string }
  | { type: 'break' };
export const inlineSchema: z.ZodType<Inline> = z.lazy(() =>
  z.union([
    z.strictObject({ type: z.enum(['text', 'code']), value: z.string() }),
    z.strictObject({ type: z.enum(['strong', 'em', 'del']), children: z.array(inlineSchema) }),
    z.strictObject({ type: z.literal('link'), href: z.string(), children: z.array(inlineSchema) }),
    z.strictObject({ type: z.literal('term'), value: z.string(), definition: z.string() }),
    z.strictObject({ type: z.literal('break') }),
  ]),
);

/** Figures that we draw ourselves, by the name that a lesson asks for them. */
export const DIAGRAMS = [
  'architecture',
  'build-cache',
  'client-daemon',
  'compose',
  'container-vs-vm',
  'copy-on-write',
  'engine-parts',
  'layers',
  'life-cycle',
  'mirror',
  'multi-stage',
  'networks',
  'registry',
  'swarm',
  'volumes',
] as const;
export const diagramNameSchema = z.enum(DIAGRAMS);
export type DiagramName = z.infer<typeof diagramNameSchema>;

/** A run of code in one colour; `kind` is null for plain text. */
export const codeTokenSchema = z.strictObject({
  text: z.string(),
  kind: z.enum(['keyword', 'string', 'number', 'comment', 'variable', 'name', 'operator']).nullable(),
});
export type CodeToken = z.infer<typeof codeTokenSchema>;

export type Block =
  | { type: 'paragraph'; children: Inline[] }
  | { type: 'heading'; depth: 3 | 4; children: Inline[] }
  | {
      type: 'code';
      language: string | null;
      /** Where a click runs it: a machine, the focused terminal, or nowhere (copy only). */
      run: string | 'focused' | null;
      text: string;
      lines: CodeToken[][];
    }
  | { type: 'list'; ordered: boolean; start: number; items: Block[][] }
  | { type: 'table'; header: Inline[][]; rows: Inline[][][] }
  | { type: 'quote'; children: Block[] }
  | { type: 'aside'; kind: 'note' | 'warning' | 'hint' | 'deeper'; title: string | null; children: Block[] }
  | { type: 'task'; id: string }
  | { type: 'quiz'; id: string }
  | { type: 'diagram'; name: DiagramName }
  /** A button that opens what this port serves. */
  | { type: 'port'; machine: string; port: number; path: string };
export const blockSchema: z.ZodType<Block> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('paragraph'), children: z.array(inlineSchema) }),
    z.strictObject({
      type: z.literal('heading'),
      depth: z.union([z.literal(3), z.literal(4)]),
      children: z.array(inlineSchema),
    }),
    z.strictObject({
      type: z.literal('code'),
      language: z.string().nullable(),
      run: z.union([machineNameSchema, z.literal('focused')]).nullable(),
      text: z.string(),
      lines: z.array(z.array(codeTokenSchema)),
    }),
    z.strictObject({
      type: z.literal('list'),
      ordered: z.boolean(),
      start: z.int(),
      items: z.array(z.array(blockSchema)),
    }),
    z.strictObject({
      type: z.literal('table'),
      header: z.array(z.array(inlineSchema)),
      rows: z.array(z.array(z.array(inlineSchema))),
    }),
    z.strictObject({ type: z.literal('quote'), children: z.array(blockSchema) }),
    z.strictObject({
      type: z.literal('aside'),
      kind: z.enum(['note', 'warning', 'hint', 'deeper']),
      title: z.string().nullable(),
      children: z.array(blockSchema),
    }),
    z.strictObject({ type: z.literal('task'), id: slugSchema }),
    z.strictObject({ type: z.literal('quiz'), id: slugSchema }),
    z.strictObject({ type: z.literal('diagram'), name: diagramNameSchema }),
    z.strictObject({
      type: z.literal('port'),
      machine: machineNameSchema,
      port: portNumberSchema,
      path: z.string().startsWith('/').max(200),
    }),
  ]),
) as z.ZodType<Block>;

/** A task as the page lists it; `answer` tells which field to draw for a question. */
export const taskInfoSchema = z.strictObject({
  id: slugSchema,
  title: z.string(),
  answer: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('choice'), options: z.array(z.string()).min(2) }),
      z.strictObject({ kind: z.enum(['text', 'number']) }),
    ])
    .nullable(),
});
export type TaskInfo = z.infer<typeof taskInfoSchema>;

export const lessonStepSchema = z.strictObject({
  id: slugSchema,
  title: z.string(),
  blocks: z.array(blockSchema),
  tasks: z.array(taskInfoSchema),
});
export type LessonStep = z.infer<typeof lessonStepSchema>;

export const lessonLinkSchema = z.strictObject({ key: lessonKeySchema, title: z.string() });
export type LessonLink = z.infer<typeof lessonLinkSchema>;

export const lessonSchema = z.strictObject({
  key: lessonKeySchema,
  courseTitle: z.string(),
  title: z.string(),
  summary: z.string(),
  minutes: z.int(),
  machines: z.array(z.strictObject({ name: machineNameSchema })),
  terminals: z.array(z.strictObject({ machine: machineNameSchema, name: terminalNameSchema })),
  steps: z.array(lessonStepSchema).min(1),
  /** The lessons around it, through all courses. */
  previous: lessonLinkSchema.nullable(),
  next: lessonLinkSchema.nullable(),
  /** Whose values the texts hold: the id of a sandbox, or `sample`; null where the lesson is the same for everybody. */
  seed: z.string().max(64).nullable(),
});
export type Lesson = z.infer<typeof lessonSchema>;

/** What was earned in a lesson of a scored course, of what can be. */
export const pointsSchema = z.strictObject({ earned: z.int().min(0), most: z.int().min(0) });
export type Points = z.infer<typeof pointsSchema>;

/** How far this learner is; null fields where they never opened it. */
export const lessonProgressSchema = z.strictObject({
  step: slugSchema.nullable(),
  stepNumber: z.int().min(1).nullable(),
  tasksPassed: z.int().min(0),
  /** Null where the course is not scored. */
  points: pointsSchema.nullable(),
  finishedAt: instantSchema.nullable(),
  lastOpenedAt: instantSchema.nullable(),
});
export type LessonProgress = z.infer<typeof lessonProgressSchema>;

export const lessonCardSchema = z.strictObject({
  key: lessonKeySchema,
  title: z.string(),
  summary: z.string(),
  minutes: z.int(),
  steps: z.int().min(1),
  stepTitles: z.array(z.string()),
  tasks: z.int().min(0),
  /** Lessons that are best done before. */
  after: z.array(lessonKeySchema),
  progress: lessonProgressSchema,
});
export type LessonCard = z.infer<typeof lessonCardSchema>;

export const courseSchema = z.strictObject({
  id: slugSchema,
  title: z.string(),
  summary: z.string(),
  /** Its lessons show points. */
  scored: z.boolean(),
  lessons: z.array(lessonCardSchema),
});
export type Course = z.infer<typeof courseSchema>;
export const coursesSchema = z.array(courseSchema);
