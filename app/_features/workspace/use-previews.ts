/** Which previews are open, and which of them stands in front of the terminals. */
'use client';
import { useCallback, useState } from 'react';
import type { OpenPreviews, Place, PortKey } from '../preview/preview.ts';

export type PreviewsHandle = {
  open: OpenPreviews;
  front: PortKey | null;
  /** Brings it to the front, opening it where it is not; with a path, there. Null: the terminals. */
  show: (port: (PortKey & { path?: string }) | null) => void;
  close: (port: PortKey) => void;
};

export function usePreviews(): PreviewsHandle {
  const [open, setOpen] = useState<OpenPreviews>([]);
  const [front, setFront] = useState<PortKey | null>(null);
  const show = useCallback<PreviewsHandle['show']>((port) => {
    setFront(port);
    if (!port) return;
    const { machine, path } = port;
    setOpen((before) => {
      const at = before.findIndex(isSame(port));
      const place: Place = { machine, port: port.port, path: path ?? before[at]?.path ?? '/' };
      // In its place: a frame that is moved loads anew.
      return at < 0 ? [...before, place] : before.with(at, place);
    });
  }, []);
  const close = useCallback<PreviewsHandle['close']>((port) => {
    setOpen((before) => before.filter((other) => !isSame(port)(other)));
    setFront(null);
  }, []);
  return { open, front, show, close };
}

const isSame = (one: PortKey) => (other: PortKey) => one.machine === other.machine && one.port === other.port;
