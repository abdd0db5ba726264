/** Files of a machine: what a path may be, what stands there, and what a browser may ask for. */
import { z } from 'zod';
import { instantSchema } from './ids.ts';
import { FILE_LIMITS } from './numbers.ts';

/** True for an absolute path without a trailing slash, `.`, `..`, empty parts, or what no file's name can hold. */
function isPlainPath(path: string): boolean {
  if (path === '/') return true;
  if (!path.startsWith('/') || path.includes('\0') || !path.isWellFormed()) return false;
  if (new TextEncoder().encode(path).length > FILE_LIMITS.pathBytes) return false;
  return path
    .slice(1)
    .split('/')
    .every((part) => part !== '' && part !== '.' && part !== '..');
}

export const filePathSchema = z
  .string()
  .max(FILE_LIMITS.pathBytes)
  .refine(isPlainPath, 'an absolute path without . and .. is needed');

/** Tells one content of a file from another; sent back to say which one was meant to be replaced. */
export const fileVersionSchema = z.string().regex(/^[0-9a-f]{16}$/);

export const fileKindSchema = z.enum(['file', 'directory', 'link', 'pipe', 'socket', 'device']);
export type FileKind = z.infer<typeof fileKindSchema>;

export const fileEntrySchema = z.strictObject({
  /** Bytes that are no UTF-8 are shown as `\xff`. */
  name: z.string().min(1).max(4096),
  /** False where the name is not UTF-8: it can be shown, not asked for. */
  openable: z.boolean(),
  kind: fileKindSchema,
  /** Of a link, what it leads to; null where it leads nowhere. */
  target: fileKindSchema.nullable(),
  bytes: z.int().min(0),
  modifiedAt: instantSchema,
  /** Permission bits, 0 to 0o7777. */
  mode: z.int().min(0).max(0o7777),
});
export type FileEntry = z.infer<typeof fileEntrySchema>;

const about = {
  path: filePathSchema,
  bytes: z.int().min(0),
  modifiedAt: instantSchema,
  mode: z.int().min(0).max(0o7777),
};

export const fileViewSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('directory'),
    path: filePathSchema,
    entries: z.array(fileEntrySchema).max(FILE_LIMITS.entries),
    /** There are more entries than are told. */
    more: z.boolean(),
  }),
  z.strictObject({ type: z.literal('text'), ...about, version: fileVersionSchema, text: z.string() }),
  /** No text: a zero byte in it, or not UTF-8. */
  z.strictObject({ type: z.literal('binary'), ...about, version: fileVersionSchema }),
  /** Larger than an editor opens; it can be downloaded. */
  z.strictObject({ type: z.literal('large'), ...about }),
  /** Neither file nor directory. */
  z.strictObject({ type: z.literal('special'), path: filePathSchema, kind: fileKindSchema }),
]);
export type FileView = z.infer<typeof fileViewSchema>;

/** What a change left at the path. */
export const fileStandingSchema = z.strictObject({
  ...about,
  kind: fileKindSchema,
  version: fileVersionSchema,
});
export type FileStanding = z.infer<typeof fileStandingSchema>;

export const fileActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('create-file') }),
  z.strictObject({ action: z.literal('create-directory') }),
  z.strictObject({ action: z.literal('move'), to: filePathSchema }),
]);
export type FileAction = z.infer<typeof fileActionSchema>;

export { FILE_LIMITS } from './numbers.ts';
