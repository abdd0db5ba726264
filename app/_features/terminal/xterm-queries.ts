/** Keeps an emulator from answering questions ("what are you?", "where is the cursor?") that were answered long ago. */
import type { IParser } from '@xterm/xterm';

const CSI_QUESTIONS = [
  { final: 'c' },
  { prefix: '>', final: 'c' },
  { prefix: '=', final: 'c' },
  { final: 'n' },
  { prefix: '?', final: 'n' },
  { intermediates: '$', final: 'p' },
  { prefix: '?', intermediates: '$', final: 'p' },
  { prefix: '>', final: 'q' },
];
/** Palette and colours: questions when they hold a `?`. */
const OSC_COLORS = [4, 10, 11, 12];

/** While `isMuted`, questions are swallowed: the answers would be typed into the shell as if by the learner. */
export function muteQueries(parser: IParser, isMuted: () => boolean): void {
  for (const id of CSI_QUESTIONS) parser.registerCsiHandler(id, isMuted);
  parser.registerDcsHandler({ intermediates: '$', final: 'q' }, isMuted);
  parser.registerEscHandler({ final: 'Z' }, isMuted);
  for (const id of OSC_COLORS)
    parser.registerOscHandler(id, (data) => isMuted() && data.split(';').includes('?'));
}
