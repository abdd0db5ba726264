/** A machine's files over HTTP: looking, saving under a condition, creating, moving, deleting, uploading, downloading. */
import type { IncomingMessage } from 'node:http';
import type { FilePlace, SaveOver } from '#server/files/contract.ts';
import { FILE_LIMITS, type FileAction, filePathSchema, fileVersionSchema } from '#server/protocol/files.ts';
import { machineNameSchema } from '#server/protocol/ids.ts';
import { type Access, findSandbox } from './access.ts';
import { type Call, parse, type Reply, signedIn } from './call.ts';
import { savedAs } from './download.ts';
import { Refusal } from './refusal.ts';

/** What stands at a path; with `?download` the bytes of the file, whatever its size. */
export async function showFile(call: Call): Promise<Reply> {
  const place = await placeOf(call, 'watch');
  if (call.query.has('download')) return download(call, place);
  const view = await call.parts.files.look(place);
  return { json: view, headers: 'version' in view ? { etag: `"${view.version}"` } : {} };
}

async function download({ parts }: Call, place: FilePlace): Promise<Reply> {
  const { body, bytes, sizeIsKnown } = await parts.files.download(place);
  return {
    // Never shown by the browser as a page of ours, whatever is in it.
    stream: { type: 'application/octet-stream', body, bytes: sizeIsKnown ? bytes : null },
    headers: savedAs(place.path.split('/').at(-1)!),
  };
}

/** The body is the file. Which content it may replace must be said: If-Match with a version or *, or If-None-Match: *. */
export async function saveFile(call: Call): Promise<Reply> {
  const place = await placeOf(call, 'own');
  const { request } = call;
  const over = conditionOf(request);
  // Forms of other sites cannot send this type without asking first.
  if (request.headers['content-type'] !== 'application/octet-stream')
    throw new Refusal('bad_request', 'Send the file as it is, with content-type application/octet-stream.');
  const declared = Number(request.headers['content-length'] ?? Number.NaN);
  if (declared > FILE_LIMITS.uploadBytes)
    throw new Refusal(
      'payload_too_large',
      `A file may have at most ${FILE_LIMITS.uploadBytes / 1024 ** 2} MiB.`,
    );
  const isSmall = declared <= FILE_LIMITS.textBytes;
  // What an editor saves is taken whole first: nobody's slow line keeps the machine's helper waiting.
  const body = isSmall ? Buffer.concat(await Array.fromAsync(bodyOf(request))) : bodyOf(request);
  const standing = await call.parts.files.save(place, over, body);
  return { json: standing, headers: { etag: `"${standing.version}"` } };
}

export async function changeFile(call: Call<FileAction>): Promise<Reply> {
  const place = await placeOf(call, 'own');
  const { files } = call.parts;
  const { body } = call;
  if (body.action === 'move') return { json: await files.move(place, body.to) };
  if (body.action === 'create-directory') return { status: 201, json: await files.createDirectory(place) };
  return { status: 201, json: await files.save(place, 'nothing', Buffer.alloc(0)) };
}

export async function deleteFile(call: Call): Promise<Reply> {
  await call.parts.files.remove(await placeOf(call, 'own'));
  return { status: 204 };
}

async function placeOf(call: Call, access: Access): Promise<FilePlace> {
  const user = signedIn(call);
  const found = await findSandbox(call.parts, user, call.params.id, access);
  const { sandbox } = found;
  // Nobody looks into a machine without its learner seeing who it is.
  if (found.access !== 'own' && call.parts.live.watching.own(sandbox.id, user.id).length === 0)
    throw new Refusal('not_allowed', 'Open the terminal of this learner first: they see who looks.');
  const machine = machineNameSchema.safeParse(call.params.machine);
  if (!machine.success) throw new Refusal('not_found', 'There is no such machine.');
  return { sandbox: sandbox.id, machine: machine.data, path: parse(filePathSchema, call.query.get('path')) };
}

function conditionOf({ headers }: IncomingMessage): SaveOver {
  const [match, none] = [headers['if-match'], headers['if-none-match']];
  if (none === '*' && match === undefined) return 'nothing';
  if (match === '*' && none === undefined) return 'anything';
  const version = fileVersionSchema.safeParse(/^"(.*)"$/.exec(match ?? '')?.[1]);
  if (version.success && none === undefined) return { version: version.data };
  throw new Refusal(
    'bad_request',
    'Say what may be replaced: If-Match with the version that you have or *, or If-None-Match: * for a new file.',
  );
}

async function* bodyOf(request: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    yield* request as AsyncIterable<Buffer>;
  } catch (cause) {
    throw new Refusal('bad_request', 'The file did not come whole.', { cause });
  }
}
