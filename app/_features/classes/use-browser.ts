/** What only the browser knows: its time zone and its address. The server draws without them first. */
'use client';
import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** `UTC` until the browser has told its own. */
export function useTimeZone(): string {
  return useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => 'UTC',
  );
}

/** `https://learn.example.org`; empty until the browser has told it. */
export function useOrigin(): string {
  return useSyncExternalStore(
    never,
    () => location.origin,
    () => '',
  );
}
