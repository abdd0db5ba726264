/** Draws by the graphics card where there is one, and by the page where there is none or it was taken away. */
import type { Terminal } from '@xterm/xterm';

export async function drawByGraphicsCard(term: Terminal, signal: AbortSignal): Promise<void> {
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
