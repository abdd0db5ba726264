/** Files that are larger than an editor's: each has a helper of its own, so that nobody's typing waits for it. */
import { Readable } from 'node:stream';
import type { Engine, ExecProcess, MachineRef } from '../engine/contract.ts';
import type { Clock } from '../lib/clock.ts';
import type { FileStanding } from '../protocol/files.ts';
import { FILE_LIMITS } from '../protocol/numbers.ts';
import type { Download, SaveOver } from './contract.ts';
import {
  encodeBytes,
  encodeEnd,
  encodePath,
  encodeSave,
  FRAME_BYTES,
  FilesProtocolError,
  HelperFrameReader,
  type HelperFrame,
} from './frames.ts';
import { endedWith, Helper, startAgent } from './helper.ts';
import { NOT_A_FILE, refusal, unreachable } from './refusals.ts';
import { hearStanding, surprise } from './replies.ts';

/** From one piece to the next. */
const STALL_MS = 30_000;

export type StreamPlace = { engine: Pick<Engine, 'exec'>; ref: MachineRef; path: string; clock: Clock };

/** Reads on only while its reader takes what came. @throws FilesError */
export async function download({ engine, ref, path, clock }: StreamPlace): Promise<Download> {
  const process = await startAgent(engine, ref);
  const frames = readFrames(process, clock);
  try {
    process.stdin.write(encodePath('G', path));
    const { value: first } = await frames.next();
    if (first?.type === 'failed') throw refusal(first.reason, first.version);
    // A pipe or a device is told of and not opened.
    if (first?.type !== 'standing')
      throw first ? surprise(first) : unreachable('The machine did not answer.');
    if (first.standing.kind !== 'file') throw refusal(NOT_A_FILE);
    const { bytes } = first.standing;
    const sizeIsKnown = bytes > 0;
    const content = contentOf(frames, sizeIsKnown ? bytes : FILE_LIMITS.textBytes, sizeIsKnown);
    const body = Readable.from(content, { objectMode: false, highWaterMark: FRAME_BYTES });
    body.once('close', () => process.close());
    return { bytes, sizeIsKnown, body };
  } catch (error) {
    process.close();
    throw error instanceof FilesProtocolError ? notUnderstood(error) : error;
  }
}

async function* contentOf(
  frames: AsyncGenerator<HelperFrame>,
  bytes: number,
  isExact: boolean,
): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const frame of frames) {
    if (frame.type === 'end') {
      if (isExact && left > 0) break;
      return;
    }
    if (frame.type !== 'bytes' || frame.bytes.length > left) throw surprise(frame);
    left -= frame.bytes.length;
    yield frame.bytes;
  }
  throw unreachable('The file ended before all of it was sent.');
}

async function* readFrames(process: ExecProcess, clock: Clock): AsyncGenerator<HelperFrame> {
  const reader = new HelperFrameReader();
  const exit = process.exit.catch(() => null);
  let timer = clock.after(STALL_MS, () => process.close());
  try {
    for await (const chunk of process.stdout as AsyncIterable<Buffer>) {
      timer.cancel();
      // Only waiting for the machine counts: how long the reader takes is its own affair.
      yield* reader.read(chunk);
      timer = clock.after(STALL_MS, () => process.close());
    }
    const code = await exit;
    throw code === null ? unreachable('The machine stopped, or did not answer in time.') : endedWith(code);
  } finally {
    timer.cancel();
  }
}

/** Takes the body piece by piece. @throws FilesError, or what `body` throws; then nothing was changed */
export async function upload(
  { engine, ref, path, clock }: StreamPlace,
  over: SaveOver,
  body: AsyncIterable<Buffer>,
): Promise<FileStanding> {
  const events = { changed: () => {}, lost: () => {} };
  const helper = await Helper.start({ engine, ref, clock, events });
  try {
    return await helper.ask(sending(path, over, body), hearStanding(path), STALL_MS);
  } finally {
    helper.close();
  }
}

/** Says a file to a helper, frame by frame. */
export function sending(path: string, over: SaveOver, body: Buffer | AsyncIterable<Buffer>) {
  return async (write: (frame: Buffer) => Promise<void>) => {
    await write(encodeSave(path, over));
    for await (const chunk of Buffer.isBuffer(body) ? [body] : body)
      for (const frame of encodeBytes(chunk)) await write(frame);
    await write(encodeEnd());
  };
}

const notUnderstood = (error: FilesProtocolError) =>
  unreachable('The machine answered something that cannot be understood.', error);
