/** Every page in both themes, both languages, wide and on a phone: no accessibility violation, no foreign request, no sideways scroll. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, LESSON, test } from './story/learner.ts';

const PAGES = [
  { name: 'home', path: '' },
  { name: 'workspace', path: `/learn/${LESSON.course}/${LESSON.lesson}` },
  { name: 'machines', path: '/learn/e2e/two-machines' },
  { name: 'figures', path: '/learn/scored/with-help?read&step=figures' },
  { name: 'playground', path: '/playground' },
  { name: 'sign-in', path: '/sign-in' },
  { name: 'progress', path: '/progress' },
  { name: 'classes', path: '/classes' },
  { name: 'join', path: '/join' },
  { name: 'join-unknown', path: '/join/K7QM-4XPA' },
  { name: 'privacy', path: '/privacy' },
  { name: 'not-found', path: '/nowhere' },
];
const SIZES = [
  { name: 'wide', width: 1440, height: 900 },
  { name: 'phone', width: 390, height: 844 },
];

for (const theme of ['light', 'dark'] as const) {
  for (const locale of ['en', 'zh'] as const) {
    for (const size of SIZES) {
      test(`pages are sound: ${theme}, ${locale}, ${size.name}`, async ({ learner, baseURL }) => {
        test.setTimeout(120_000);
        const { page } = learner;
        const foreign: string[] = [];
        page.on('request', (request) => {
          if (!request.url().startsWith(baseURL!) && !/^(data|blob|ws):/.test(request.url()))
            foreign.push(request.url());
        });
        await page.emulateMedia({ colorScheme: theme });
        await page.setViewportSize(size);
        for (const { name, path } of PAGES) {
          await page.goto(`/${locale}${path}`);
          await expect(page.locator('html')).toHaveAttribute('lang', locale === 'en' ? 'en' : /^zh/);
          await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
          if (name === 'playground') await learner.screen.hasPrompt({ timeout: 30_000 });
          const { violations } = await new AxeBuilder({ page }).analyze();
          expect(
            violations.map(({ id, nodes }) => `${name}: ${id}: ${nodes.map((node) => node.html).join(' ')}`),
          ).toEqual([]);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect(overflow, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
          await test.info().attach(`${name}-${theme}-${locale}-${size.name}`, {
            body: await page.screenshot(),
            contentType: 'image/png',
          });
        }
        expect(foreign).toEqual([]);
      });
    }
  }
}
