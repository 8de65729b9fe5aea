import { inject } from 'vitest';

/**
 * Runs of a property: a tenth of them in `npm test`, and all in `npm run test:long`, which runs the
 * files with the tag `property`.
 */
export const runs = (all: number): number => (inject('fewRuns') ? Math.ceil(all / 10) : all);
