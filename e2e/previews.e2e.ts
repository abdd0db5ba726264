/** What machines serve, in the browser: in the page, in a tab of its own, and never nearer to the app than that. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './story/learner.ts';

const LESSON = '/en/learn/e2e/first-steps?step=serve';

test('a published port is a tab of the page, and a tab of the browser', async ({ learner }) => {
  const { page, screen } = learner;
  await learner.opensPlayground();
  const tab = page.getByRole('button', { name: 'Show port 80 of node1', exact: true });
  await expect(tab).toBeHidden();
  await screen.runs('docker run -d --name hi -p 80:80 docker/getting-started');
  await tab.click({ timeout: 40_000 });
  const frame = page.frameLocator('iframe[title="What port 80 of node1 serves"]');
  await expect(frame.getByRole('heading', { name: 'You are inside a container' })).toBeVisible();
  await expect(screen.host).toBeHidden();

  const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze();
  expect(violations).toEqual([]);

  const [apart] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('link', { name: 'Show port 80 of node1 in a new tab' }).click(),
  ]);
  await expect(apart.getByRole('heading', { name: 'You are inside a container' })).toBeVisible();
  expect(new URL(apart.url()).hostname).toMatch(/^80-node1-[a-z2-7]{34}\.localhost$/);
  await page.getByRole('textbox', { name: 'Address on port 80 of node1' }).fill('nowhere');
  await page.keyboard.press('Enter');
  await expect(frame.getByText('404 Not Found')).toBeVisible();

  // The terminal is where it was, and a click on it shows it.
  await page.getByRole('tab', { name: 'node1' }).click();
  await expect(screen.host).toBeVisible();
  await screen.runs('docker rm -f hi');
  await expect(tab).toHaveAttribute('data-tip', 'No container publishes it now');
  await tab.click();
  await page.getByRole('button', { name: 'Close the preview of port 80' }).click();
  await expect(tab).toBeHidden();
});

test('a page that nothing serves yet turns into the program when one does', async ({ learner, browser }) => {
  const { page, screen } = learner;
  await page.goto(LESSON);
  await screen.hasPrompt({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Open port 8080' }).click();
  const frame = page.frameLocator('iframe[title="What port 8080 of node1 serves"]');
  await expect(frame.getByRole('heading', { name: 'Nothing listens on port 8080 yet' })).toBeVisible();
  const address = (await page.locator('iframe').getAttribute('src'))!;

  // Whoever has the address may look; in the language of their browser.
  const stranger = await browser.newContext({ locale: 'zh-CN' });
  const other = await stranger.newPage();
  await other.goto(address);
  await expect(other.getByRole('heading', { name: '端口 8080 上还没有程序监听' })).toBeVisible();
  const { violations } = await new AxeBuilder({ page: other }).analyze();
  expect(violations).toEqual([]);

  await page.getByRole('tab', { name: 'node1' }).click();
  await screen.runs('docker run -d --name web -p 8080:80 nginx');
  for (const place of [frame, other])
    await expect(place.getByRole('heading', { name: 'Welcome to nginx!' })).toBeAttached({ timeout: 40_000 });

  // A plain process tells no engine.
  const plain = address.replace('//8080-', '//9000-');
  await other.goto(plain);
  await expect(other.getByRole('heading', { name: '9000' })).toBeVisible();
  const answer = String.raw`HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nplain`;
  const serve = `while ($c = $s->accept) { sysread $c, $_, 9999; print $c "${answer}"; close $c }`;
  const listen = '$s = IO::Socket::INET->new(LocalPort => 9000, Listen => 9)';
  await screen.runs(`perl -MIO::Socket::INET -e '$SIG{PIPE} = "IGNORE"; ${listen}; ${serve}' &`);
  await expect(other.getByText('plain')).toBeVisible();
  await stranger.close();
});

test('a program talks over a WebSocket, and cannot reach the app around it', async ({ learner }) => {
  const { page, screen } = learner;
  await learner.opensPlayground();
  const script = await readFile(join(import.meta.dirname, 'story/chat.py'));
  await screen.runs(`echo ${script.toString('base64')} | base64 -d > chat.py`);
  await screen.runs('docker run -d -p 8081:8081 -v /root:/w python python3 /w/chat.py');
  const me = await (await page.request.get('/api/me')).json();
  const sandbox = await learner.sandbox();

  await page.getByRole('button', { name: 'Show port 8081 of node1', exact: true }).click({ timeout: 50_000 });
  const frame = page.frameLocator('iframe[title="What port 8081 of node1 serves"]');
  const says = (text: string) =>
    expect(frame.getByRole('listitem').filter({ hasText: text })).toHaveText(text);
  await says('echo: hello');
  await says('api: refused');
  await says('me: refused');
  await says('feed: 4403');
  await says('top: refused');
  await says('parent: refused');
  await expect(frame.frameLocator('#app').getByText('Drydock')).toBeHidden();
  expect(page.url()).toMatch(/\/en\/playground$/);

  // In a tab of its own a page may do more; the app's session is still out of its reach.
  const apart = await page.context().newPage();
  await apart.goto((await page.locator('iframe').getAttribute('src'))!);
  await expect(apart.getByText('echo: hello')).toBeVisible();
  await expect(apart.getByText('api: refused')).toBeVisible();
  const cookies = await page.context().cookies();
  const inPreview = cookies.filter(({ domain }) => domain.includes('-node1-')).map(({ name }) => name);
  expect(inPreview.toSorted()).toEqual(['mine', 'theirs']);
  expect(cookies.map(({ value }) => value)).not.toContain('evil');
  expect(cookies.filter(({ name }) => name === 'drydock.session_token')).toMatchObject([
    { domain: 'localhost' },
  ]);
  expect(await (await page.request.get('/api/me')).json()).toEqual(me);
  expect(await learner.sandbox()).toMatchObject({ id: sandbox.id });
  await apart.goto(new URL('/away', apart.url()).href);
  expect(new URL(apart.url())).toMatchObject({ pathname: '/came' });
});

test('on a phone the port is in sight beside the text', async ({ learner }) => {
  const { page, screen } = learner;
  await page.setViewportSize({ width: 390, height: 760 });
  await page.goto(LESSON);
  await page.getByRole('button', { name: 'Terminal', exact: true }).click();
  await screen.hasPrompt({ timeout: 30_000 });
  await screen.runs('docker run -d -p 8080:80 nginx');
  const onSwitch = page
    .getByRole('navigation', { name: 'Panes' })
    .getByRole('button', { name: 'Show port 8080 of node1' });
  await expect(onSwitch).toBeVisible({ timeout: 40_000 });
  await page.getByRole('button', { name: 'Read', exact: true }).click();
  await onSwitch.click();
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('heading', { name: 'Welcome to nginx!' })).toBeVisible();
  await expect(onSwitch).toHaveAttribute('aria-pressed', 'true');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  await page.getByRole('button', { name: 'Terminal', exact: true }).click();
  await expect(screen.host).toBeVisible();
});
