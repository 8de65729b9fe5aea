import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/** Each of these replaces a module, starts processes or replaces globals, so it needs its own worker. */
const ALONE = [
  'test/local/{crash,engine,hand-out,parent,start}{,.long}.test.ts',
  'test/simulate/**/*.test.ts',
  'test/materials/{confirmation-code-store,pin-service}.test.ts',
];

/** `npm test`, which leaves long tests and most runs of properties to `npm run test:long`. */
const isShort = process.argv.includes('!long');
const LONG = isShort ? ['test/**/*.long.test.ts'] : [];

const TESTS = ['test/**/*.test.ts'];

/** `npm run test:long` runs whole each file with a tag: its tests may build upon each other. */
const isLong = process.env.LONG_TESTS === 'true';
const hasTag = (file: string): boolean =>
  file.endsWith('.long.test.ts') || /\btags: ['[]/.test(readFileSync(file, 'utf8'));
const filesOf = (patterns: readonly string[]): string[] =>
  isLong ? globSync([...patterns]).filter(hasTag) : [...patterns];

export default defineConfig({
  test: {
    provide: { fewRuns: isShort },
    globalSetup: 'test/kit/engine-setup.ts',
    setupFiles: ['local/quiet.ts', 'test/kit/monotonic.ts'],
    // Ends a test that hangs. A busy machine takes many times as long as a quiet one.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 120_000 } },
    // One engine and its clients fill two cores.
    maxWorkers: 2,
    tags: [
      { name: 'long', description: 'Only `npm run test:long` runs it.' },
      { name: 'property', description: '`npm test` runs it less often than `npm run test:long`.' },
    ],
    projects: [
      // Shared workers load each module once, which saves a third of the CPU time.
      {
        extends: true,
        test: { name: 'together', isolate: false, include: filesOf(TESTS), exclude: [...ALONE, ...LONG] },
      },
      { extends: true, test: { name: 'alone', include: filesOf(ALONE), exclude: LONG } },
    ],
  },
});
