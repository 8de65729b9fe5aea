import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/kit/engine-setup.ts',
    setupFiles: 'local/quiet.ts',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two cores: an engine and its clients fill them.
    maxWorkers: 2,
  },
});
