/** How each request is answered: puts frames together, and takes no more of them than an honest helper has. */
import type { FileStanding, FileView } from '../protocol/files.ts';
import { FILE_LIMITS } from '../protocol/numbers.ts';
import { FilesProtocolError, type HelperFrame, type RawEntry, type Standing } from './frames.ts';
import type { Listen } from './helper.ts';
import { showName } from './names.ts';
import { refusal } from './refusals.ts';

/** What stands at a path, with a directory's entries or a file's bytes where they are not too many. */
export function hearView(path: string): Listen<FileView> {
  let standing: Standing | null = null;
  const entries: RawEntry[] = [];
  const chunks: Buffer[] = [];
  let size = 0;
  return (frame) => {
    if (frame.type === 'standing' && standing === null) {
      ({ standing } = frame);
      return null;
    }
    if (frame.type === 'failed' && standing === null) throw refusal(frame.reason, frame.version);
    if (standing === null) throw surprise(frame);
    if (frame.type === 'entry' && standing.kind === 'directory') {
      if (entries.push(frame.entry) > FILE_LIMITS.entries) throw surprise(frame);
      return null;
    }
    if (frame.type === 'bytes' && standing.kind === 'file') {
      size += frame.bytes.length;
      if (size > FILE_LIMITS.textBytes) throw surprise(frame);
      // A copy: it is a view of what came, and that is held no longer than it takes to read it.
      chunks.push(Buffer.from(frame.bytes));
      return null;
    }
    if (frame.type !== 'end') throw surprise(frame);
    return { done: view(path, standing, { entries, bytes: Buffer.concat(chunks), more: frame.more }) };
  };
}

/** What a change left at the path. */
export function hearStanding(path: string): Listen<FileStanding> {
  return (frame) => {
    if (frame.type === 'failed') throw refusal(frame.reason, frame.version);
    if (frame.type !== 'standing') throw surprise(frame);
    return {
      done: { ...about(path, frame.standing), kind: frame.standing.kind, version: frame.standing.version },
    };
  };
}

export const hearEnd: Listen<void> = (frame) => {
  if (frame.type !== 'end') throw surprise(frame);
  return { done: undefined };
};

export function surprise(frame: HelperFrame): FilesProtocolError {
  return new FilesProtocolError(`no answer has a frame of type ${frame.type} there`);
}

type Content = { entries: RawEntry[]; bytes: Buffer; more: boolean };

function view(path: string, standing: Standing, { entries, bytes, more }: Content): FileView {
  if (standing.kind === 'directory') return { type: 'directory', path, entries: entries.map(toEntry), more };
  if (standing.kind !== 'file') return { type: 'special', path, kind: standing.kind };
  if (more) return { type: 'large', ...about(path, standing) };
  // The bytes count, whatever the helper said of them.
  const facts = { ...about(path, standing), bytes: bytes.length, version: standing.version };
  const text = readText(bytes);
  return text === null ? { type: 'binary', ...facts } : { type: 'text', ...facts, text };
}

function about(path: string, { bytes, modifiedAt, mode }: Standing) {
  return { path, bytes, modifiedAt: modifiedAt.toISOString(), mode };
}

function toEntry({ name, modifiedAt, ...facts }: RawEntry) {
  return { ...showName(name), ...facts, modifiedAt: modifiedAt.toISOString() };
}

/** Null for what is no text. A byte order mark stays: what is saved again must be what was opened. */
function readText(bytes: Buffer): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
