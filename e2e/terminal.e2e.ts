/** The terminal as a tool: floods, wide characters, full-screen programs, lost connections, copy and paste. */
import { expect, test } from './story/learner.ts';

test('a 50 MB flood stays interruptible within 300 ms', async ({ learner }) => {
  const { page, screen } = learner;
  await learner.opensPlayground();
  await screen.runs('head -c 50000000 /dev/zero | base64; echo flood""-over');
  await screen.sees(/A{70}/);
  // From the key to the prompt, measured in the page so that only the product's own time counts.
  await page.evaluate(() => {
    const host = document.querySelector('[data-terminal="node1/1"]') as HTMLElement & {
      terminal: {
        buffer: {
          active: {
            length: number;
            baseY: number;
            cursorY: number;
            getLine(i: number): { translateToString(t: boolean): string } | undefined;
          };
        };
      };
      interruptedMs?: number;
    };
    host.addEventListener(
      'keydown',
      (event) => {
        if (!event.ctrlKey || event.key !== 'c') return;
        const pressed = performance.now();
        const look = () => {
          const { active } = host.terminal.buffer;
          const line = active.getLine(active.baseY + active.cursorY)?.translateToString(true) ?? '';
          if (line.includes('root@node1')) host.interruptedMs = performance.now() - pressed;
          else requestAnimationFrame(look);
        };
        look();
      },
      { capture: true },
    );
  });
  await screen.host.click();
  await page.keyboard.press('Control+c');
  await screen.hasPrompt();
  const ms = await screen.host.evaluate(
    (host) => (host as HTMLElement & { interruptedMs?: number }).interruptedMs,
  );
  expect(ms).toBeLessThan(300);
  expect(await screen.text()).not.toContain('flood-over');
});

test('Chinese and emoji line up', async ({ learner }) => {
  const { screen } = learner;
  await learner.opensPlayground();
  await screen.runs(String.raw`printf 'w1 镜像容器|\nw2 👩‍🚀🐳|\nw3 e\u0301|\n'`);
  await expect.poll(() => screen.columnOf('w1', '|')).toBe(3 + 8);
  await expect.poll(() => screen.columnOf('w2', '|')).toBe(3 + 4);
  await expect.poll(() => screen.columnOf('w3', '|')).toBe(3 + 1);
});

test('an address that a program prints opens by a click, in a tab of its own', async ({ learner }) => {
  const { page, screen } = learner;
  await learner.opensPlayground();
  const address = new URL('/api/health', page.url()).href;
  await screen.runs(`clear; echo ${address.replace('health', 'he""alth')}`);
  await screen.sees(address);
  const over = async (x: number) => {
    await screen.host.hover({ position: { x, y: 16 } });
    return page.locator('.xterm-cursor-pointer').count();
  };
  await expect.poll(async () => (await over(40)) + (await over(60))).toBeGreaterThan(0);
  const opened = page.waitForEvent('popup');
  await screen.host.click({ position: { x: 60, y: 16 } });
  await expect(await opened).toHaveURL(address);
});

test('a resize reaches the program in the terminal, and leaves its screen whole', async ({ learner }) => {
  const { page, screen } = learner;
  await learner.opensPlayground();
  await screen.runs('seq 1 400 > numbers; vim numbers');
  await screen.sees(/^1$/m);
  await page.setViewportSize({ width: 900, height: 560 });
  await expect.poll(async () => (await screen.text()).includes('~')).toBe(false);
  await page.keyboard.type(':q');
  await page.keyboard.press('Enter');
  await screen.hasPrompt();
  const { cols, rows } = await screen.size();
  expect(await screen.asks('size', '$(stty size)')).toBe(`${rows} ${cols}`);
});

test('typing while the network is away is held, and nothing is lost', async ({ learner }) => {
  const { page, screen } = learner;
  await learner.opensPlayground();
  await screen.runs('(until [ -e /tmp/back ]; do sleep 0.2; done; echo came""-while-away) &');
  await page.context().setOffline(true);
  await page.evaluate(() => window.dispatchEvent(new Event('offline')));
  await expect(page.locator('.line-notice')).toContainText('No network');
  await screen.runs('touch /tmp/back; echo held""-line');
  await page.context().setOffline(false);
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await screen.sees('held-line', { timeout: 30_000 });
  await screen.sees('came-while-away');
});

test('selected text is copied and pasted by the visible buttons', async ({ learner, context }) => {
  const { page, screen } = learner;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await learner.opensPlayground();
  await screen.runs('echo copied""words');
  await screen.sees('copiedwords');
  await screen.host.dblclick({ position: { x: 40, y: 28 } });
  await page.getByRole('button', { name: 'Copy the selection' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('copiedwords');
  await screen.types('echo and""-');
  await page.getByRole('button', { name: 'Paste', exact: true }).click();
  await screen.sees('and""-copiedwords');
  await page.keyboard.press('Enter');
  await screen.sees('\nand-copiedwords');
});
