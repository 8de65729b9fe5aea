import { defineConfig } from 'vitest/config';

/** They put something in the place of a module, start processes, or play stories that live in one: each in a worker of its own. */
const ALONE = ['test/local/**/*.test.ts', 'test/simulate/**/*.test.ts', 'test/data/{code,pin}.test.ts'];

export default defineConfig({
  test: {
    globalSetup: 'test/kit/engine-setup.ts',
    setupFiles: ['local/quiet.ts', 'test/kit/monotonic.ts'],
    // They end what hangs. They judge nobody's speed: a busy machine takes many times as long.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Two cores: an engine and its clients fill them.
    maxWorkers: 2,
    projects: [
      // One after another in the same worker, what they import is loaded once: a third of the processor's time.
      { extends: true, test: { name: 'together', isolate: false, include: ['test/**/*.test.ts'], exclude: ALONE } },
      { extends: true, test: { name: 'alone', include: ALONE } },
    ],
  },
});
