import { expect, inject, it } from 'vitest';
import type { DynamoDbClient } from '../../shared/platform/dynamodb-client.ts';
import { SHORT_RUN, simulate } from '../../simulate/simulate.ts';
import { makeFast } from '../kit/fast-clients.ts';
import { PLANTS } from './plants.ts';

/**
 * The shortest story that finds the fault, as `node test/simulate/find-seeds.ts` prints it, and one
 * of a week for the day when a change moves the first.
 */
const STORIES: Readonly<Record<Plant, readonly [Story, Story]>> = {
  missingCondition: [
    [1, 7],
    [7, 2],
  ],
  swallowedRetry: [
    [1, 2],
    [7, 1],
  ],
  wrongAnchor: [
    [1, 4],
    [7, 2],
  ],
  doubledReceipt: [
    [1, 4],
    [7, 2],
  ],
  forgottenLate: [
    [1, 10],
    [7, 1],
  ],
  forgottenSheet: [
    [1, 36],
    [7, 6],
  ],
  forgottenDelivery: [
    [2, 7],
    [7, 17],
  ],
  othersBasket: [
    [7, 10],
    [7, 25],
  ],
  costAtEndOfDay: [
    [7, 8],
    [7, 11],
  ],
};

it('The simulation finds that a conflict is taken for success.', () => expectFound('swallowedRetry'));

const OTHERS = (Object.keys(STORIES) as Plant[]).filter((name) => name !== 'swallowedRetry');
it.each(OTHERS)('The simulation finds the planted fault %s.', { tags: 'long' }, (name) => expectFound(name));

type Plant = keyof typeof PLANTS;

type Story = readonly [days: number, seed: number];

const expectFound = async (name: Plant): Promise<void> => {
  const changeClient = (client: DynamoDbClient) => {
    makeFast(client);
    PLANTS[name](client);
  };
  for (const [days, seed] of STORIES[name]) {
    const { violations } = await simulate({ ...SHORT_RUN, days, seed, endpoint: inject('endpoint'), changeClient });
    // A comparison with the truth finds it; a run that cannot go on does not count.
    if (violations.some(({ check }) => check !== 'it lives')) return;
  }
  expect.unreachable('Neither story finds it. Pin others: node test/simulate/find-seeds.ts');
};
