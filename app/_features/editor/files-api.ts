/** What the page asks of a machine's files. */
import { ApiError, errorOf } from '#app/_lib/api/api-error.ts';
import type { ErrorBody, FileReason } from '#server/protocol/errors.ts';
import type { FileAction, FileStanding, FileView } from '#server/protocol/files.ts';

export type Place = { sandbox: string; machine: string };
/** What may be replaced: nothing, or this version. */
export type Over = 'nothing' | { version: string };

/** A refusal with the machine's reason. */
export class FileError extends ApiError {
  readonly reason: FileReason | null;
  constructor(error: ApiError, reason: FileReason | null) {
    super(error.code, error.message);
    this.reason = reason;
  }
}

const address = ({ sandbox, machine }: Place, path: string) =>
  `/api/sandboxes/${sandbox}/machines/${machine}/files?path=${encodeURIComponent(path)}`;

async function call<T>(method: string, url: string, init: RequestInit = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, { method, ...init });
  } catch (cause) {
    throw new ApiError('offline', `no answer to ${method} ${url}`, { cause });
  }
  const answer: unknown = response.status === 204 ? null : await response.json().catch(() => null);
  if (response.ok) return answer as T;
  const reason = (answer as Partial<ErrorBody> | null)?.error?.reason ?? null;
  throw new FileError(errorOf(response.status, answer), reason);
}

export const filesApi = {
  look: (place: Place, path: string) => call<FileView>('GET', address(place, path)),
  save: (place: Place, path: string, over: Over, body: string | Blob) =>
    call<FileStanding>('PUT', address(place, path), {
      body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
      headers: {
        'content-type': 'application/octet-stream',
        ...(over === 'nothing' ? { 'if-none-match': '*' } : { 'if-match': `"${over.version}"` }),
      },
    }),
  change: (place: Place, path: string, action: FileAction) =>
    call<FileStanding>('POST', address(place, path), {
      body: JSON.stringify(action),
      headers: { 'content-type': 'application/json' },
    }),
  remove: (place: Place, path: string) => call<null>('DELETE', address(place, path)),
  download: (place: Place, path: string) => `${address(place, path)}&download`,
};
