import { expect, it } from 'vitest';
import { batchGet } from '../../shared/platform/batch-get.ts';
import { useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { engineClient } from '../kit/fast-clients.ts';

const book = useBook();
const client = engineClient();
/** As DynamoDB may: in another order at every call. */
let turned = false;
client.intercept('command', async ({ input }, send) => {
  const answer = await send(input);
  const { Responses = {} } = answer as { Responses?: Record<string, unknown[]> };
  turned = !turned;
  if (turned) for (const rows of Object.values(Responses)) rows.reverse();
  return answer;
});

it('Items come in the order of the request, whatever order DynamoDB returns.', async () => {
  const tables = { client: client, name: () => book.bahi.tables.Registry };
  const ids = [...kurtas(30), 'NOTHING', ...kurtas(40).slice(30)].toReversed();
  const keys = ids.map((id) => ({ kind: 'items', id }));
  for (let times = 0; times < 2; times++) {
    const found = await batchGet(tables, 'Registry', keys, true);
    expect(found.map(({ id }) => id)).toEqual(ids.filter((id) => id !== 'NOTHING'));
  }
  expect(await batchGet(tables, 'Registry', [], true)).toEqual([]);
});
