/** @module-tag long */
import { expect, inject, it } from 'vitest';
import type { DynamoDbClient } from '../../shared/platform/dynamodb-client.ts';
import { renderRun } from '../../simulate/report.ts';
import { SHORT_RUN, simulate } from '../../simulate/simulate.ts';
import { makeFast } from '../kit/fast-clients.ts';
import { PLANTS } from './plants.ts';

const size = { ...SHORT_RUN, days: 4 };
const play = (seed: number, plant?: (client: DynamoDbClient) => void) => {
  const changeClient = (client: DynamoDbClient) => {
    makeFast(client);
    plant?.(client);
  };
  return simulate({ ...size, seed, endpoint: inject('endpoint'), changeClient });
};

it('A seed is one story: replayed, every event is the same.', async () => {
  const [one, again, other] = [await play(101), await play(101), await play(102)];
  expect(one.violations).toEqual([]);
  expect(again.story).toEqual(one.story);
  expect(again.hash).toBe(one.hash);
  expect(other.violations).toEqual([]);
  expect(other.hash).not.toBe(one.hash);
});

it('A failing seed fails again the same way, and the report says how to replay it.', async () => {
  let seed = 103;
  let one = await play(seed, PLANTS.swallowedRetry);
  while (one.violations.length === 0 && seed < 110) one = await play(++seed, PLANTS.swallowedRetry);
  expect(one.violations).not.toEqual([]);
  const again = await play(seed, PLANTS.swallowedRetry);
  expect(again.violations).toEqual(one.violations);
  expect(again.hash).toBe(one.hash);
  const report = renderRun(one, size);
  expect(report).toContain(`VIOLATED, ${one.violations[0]?.check}`);
  expect(report).toContain(`npm run simulate -- --seed ${seed} --outlets`);
});
