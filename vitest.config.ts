/** Two kinds of vitest run: `unit` (fast, fakes) and `engine` (the real engine of a test instance). */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{app,server,prisma}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.engine.test.ts'],
        },
      },
      {
        test: {
          name: 'engine',
          include: ['server/**/*.engine.test.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
