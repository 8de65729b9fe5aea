import { expect, it } from 'vitest';
import { allStores } from '../../local/all-stores.ts';
import { useBook } from '../kit/book.ts';
import { engineClient } from '../kit/fast-clients.ts';
import { hurriedClock } from '../kit/monotonic.ts';

const client = engineClient();
let meanwhile: (() => void) | undefined;
client.intercept('command', async ({ operation, input }, send) => {
  if (operation === 'BatchGetItem') meanwhile?.();
  return send(input);
});

const book = useBook({ client });

const MINUTE = 60_000;
const known = 'LKO-KURTA-01';

it.each<[string, (clock: ReturnType<typeof hurriedClock>) => void]>([
  ['lapses', (clock) => clock.forward(MINUTE)],
  ['is forgotten, since another changed it,', () => allStores().registry.forget('items', known)],
])('An entry that %s while another is read is not absent.', async (_says, happens) => {
  const clock = hurriedClock();
  book.bahi.startFunctions();
  const { registry } = allStores();
  await registry.entry('items', known);
  clock.forward(MINUTE - 5_000);
  meanwhile = () => happens(clock);

  const found = await registry.entries('items', [known, 'NO-SUCH']);

  meanwhile = undefined;
  expect([...found.keys()]).toEqual([known]);
});

it('Concurrent reads of one entry read it once.', async () => {
  const batches: string[] = [];
  book.bahi.startFunctions();
  const { registry } = allStores();
  meanwhile = () => void batches.push('a batch');

  const both = [registry.entries('items', [known, 'LKO-KURTA-02']), registry.entries('items', [known])];
  const found = await Promise.all(both);

  meanwhile = undefined;
  expect(found.map((entries) => [...entries.keys()])).toEqual([[known, 'LKO-KURTA-02'], [known]]);
  expect(batches).toHaveLength(1);
});

it('A caller that waited for a failed read reads for itself.', async () => {
  book.bahi.startFunctions();
  const { registry } = allStores();
  let calls = 0;
  meanwhile = () => {
    if (++calls === 1) throw new Error('the link dropped');
  };

  const [first, second] = await Promise.allSettled([1, 2].map(() => registry.entry('items', known)));

  meanwhile = undefined;
  expect(first).toMatchObject({ status: 'rejected' });
  expect(second).toMatchObject({ status: 'fulfilled', value: { id: known } });
});

it('An entry forgotten during its read is read again by the next caller.', async () => {
  book.bahi.startFunctions();
  const { registry } = allStores();
  let calls = 0;
  meanwhile = () => void calls++;

  const before = registry.entry('items', known);
  registry.forget('items', known);
  await Promise.all([before, registry.entry('items', known)]);

  meanwhile = undefined;
  expect(calls).toBe(2);
});
