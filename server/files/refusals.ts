/** What the machine's system said, as an error with a sentence: numbers are those of errno(3) and of agent/files.h. */
import type { FileReason } from '../protocol/errors.ts';
import { FilesError, type FilesErrorCode } from './contract.ts';

type Refusal = [code: FilesErrorCode, reason: FileReason, sentence: string];

const EXISTS: Refusal = ['file_conflict', 'exists', 'Something with this name is there already.'];
const WRONG_KIND: Refusal = ['file_refused', 'wrong_kind', 'This is not a file that can be read or written.'];
const NOT_PERMITTED: Refusal = [
  'file_refused',
  'not_permitted',
  'The machine does not permit it. The file may be locked (lsattr), or belong to its kernel.',
];
const IN_USE: Refusal = ['file_refused', 'in_use', 'The machine uses it, or something is mounted there.'];
const OTHER_DISK: Refusal = [
  'file_refused',
  'other_disk',
  'It lies on more than one disk of the machine. Do this in the terminal, with mv or rm.',
];
const FULL: Refusal = [
  'machine_disk_full',
  'disk_full',
  'The disk of the machine is full. Nothing was changed: remove images or files, then try again.',
];

/** Neither file nor directory. */
export const NOT_A_FILE = 1001;

const REFUSALS: Readonly<Record<number, Refusal>> = {
  1: NOT_PERMITTED,
  2: ['file_not_found', 'missing', 'There is nothing at this path.'],
  13: NOT_PERMITTED,
  16: IN_USE,
  17: EXISTS,
  18: OTHER_DISK,
  20: ['file_refused', 'no_directory', 'A part of this path is not a directory.'],
  21: WRONG_KIND,
  26: IN_USE,
  28: FULL,
  30: ['file_refused', 'read_only', 'This part of the machine is mounted read-only.'],
  36: ['file_refused', 'name_too_long', 'This name is longer than the machine takes.'],
  40: ['file_refused', 'link_loop', 'Links lead round in a circle here.'],
  122: FULL,
  [NOT_A_FILE]: WRONG_KIND,
  1002: ['file_conflict', 'changed', 'The file was changed meanwhile.'],
  1003: ['file_refused', 'broken_link', 'This link leads nowhere.'],
  1004: ['file_refused', 'too_many', 'There is too much in it. Delete it in the terminal, with rm -r.'],
  1005: OTHER_DISK,
};

const NONE = '0000000000000000';

export function refusal(number: number, version = NONE): FilesError {
  const [code, reason, sentence] = REFUSALS[number] ?? [
    'file_refused',
    'failed',
    `The machine could not do it (errno ${number}).`,
  ];
  return new FilesError(code, sentence, { reason, version: version === NONE ? null : version });
}

export const unreachable = (sentence: string, cause?: unknown) =>
  new FilesError('machine_unreachable', sentence, { cause });
