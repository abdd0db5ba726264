/** The next meeting of a class over HTTP: announced, looked at, and called off by its instructor. */
import type { Meeting } from '#server/protocol/meeting.ts';
import type { Call, Reply } from './call.ts';
import { classOf, personOf } from './classes.ts';

export function showMeeting(call: Call): Reply {
  return { json: call.parts.meetings.of(personOf(call), classOf(call)) };
}

export async function announceMeeting(call: Call<Meeting>): Promise<Reply> {
  return { json: await call.parts.meetings.announce(personOf(call), classOf(call), call.body) };
}

export async function cancelMeeting(call: Call): Promise<Reply> {
  await call.parts.meetings.cancel(personOf(call), classOf(call));
  return { status: 204 };
}
