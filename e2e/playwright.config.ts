/** Drives Debian's Chromium against the production build of a running instance, one test at a time. */
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const url = process.env.E2E_URL ?? 'http://localhost:3999';

export default defineConfig({
  testDir: '.',
  testMatch: '*.e2e.ts',
  globalSetup: './story/first-account.ts',
  outputDir: '../test-results',
  // One small host: tests share its engine, and figures of time must not fight each other.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json']],
  use: {
    baseURL: url,
    locale: 'en-GB',
    colorScheme: 'light',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: join(import.meta.dirname, 'chromium'),
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    },
  },
  webServer: {
    command: 'node server/commands/launch.mjs main',
    cwd: '..',
    url: `${url}/api/health`,
    timeout: 300_000,
    stdout: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
  },
});
