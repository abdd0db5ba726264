/** Draws by the graphics card where there is one, and by the page where there is none or it was taken away. */
import type { Terminal } from '@xterm/xterm';

/** Loaded when the page has time: the first prompt does not wait for it. */
export function drawByGraphicsCard(term: Terminal, signal: AbortSignal): void {
  const start = () => {
    if (!signal.aborted) void load(term, signal);
  };
  if ('requestIdleCallback' in window) requestIdleCallback(start, { timeout: 2000 });
  else setTimeout(start, 500);
}

async function load(term: Terminal, signal: AbortSignal): Promise<void> {
  try {
    const { WebglAddon } = await import('@xterm/addon-webgl');
    if (signal.aborted) return;
    const renderer = new WebglAddon();
    // The browser takes contexts back when there are too many; without the add-on xterm draws by the page again.
    renderer.onContextLoss(() => renderer.dispose());
    term.loadAddon(renderer);
  } catch {
    // No WebGL here: xterm draws by the page, as it did so far.
    term.refresh(0, term.rows - 1);
  }
}
