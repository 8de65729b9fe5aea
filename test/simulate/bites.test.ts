import { expect, inject, it } from 'vitest';
import { SHORT_RUN, simulate } from '../../simulate/simulate.ts';
import { PLANTS } from './plants.ts';

const SEEDS = 10;

it.each(Object.entries(PLANTS))(`%s is found within ${SEEDS} seeds`, async (_name, meddle) => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { violations } = await simulate({ ...SHORT_RUN, seed, endpoint: inject('endpoint'), changeClient: meddle });
    // Found by a comparison with the truth, and not because it could not go on.
    if (violations.some(({ check }) => check !== 'it lives')) return;
  }
  expect.unreachable(`not found within ${SEEDS} seeds`);
});
