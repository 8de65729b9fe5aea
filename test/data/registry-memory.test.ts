import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { connect } from '../../shared/data/client.ts';
import { composition } from '../../shared/runtime/composition.ts';
import { type Book, openBook } from '../kit/book.ts';
import { hurriedClock } from '../kit/monotonic.ts';

const client = connect(inject('endpoint'));
let meanwhile: (() => void) | undefined;
client.middlewareStack.add(
  (send, { commandName }) =>
    (args) => {
      if (commandName === 'BatchGetItemCommand') meanwhile?.();
      return send(args);
    },
  { step: 'initialize', priority: 'low', name: 'meanwhile' },
);

let book: Book;
beforeAll(async () => {
  book = await openBook({ client });
});
afterAll(() => book.close());

const MINUTE = 60_000;
const known = 'LKO-KURTA-01';

it.each<[string, (clock: ReturnType<typeof hurriedClock>) => void]>([
  ['lapses', (clock) => clock.forward(MINUTE)],
  ['is forgotten, since another changed it,', () => composition().registry.forget('items', known)],
])('an entry that %s while another is asked for is not absent', async (_says, happens) => {
  const clock = hurriedClock();
  book.bahi.startFunctions();
  const { registry } = composition();
  await registry.entry('items', known);
  clock.forward(MINUTE - 5_000);
  meanwhile = () => happens(clock);

  const found = await registry.entries('items', [known, 'NO-SUCH']);

  meanwhile = undefined;
  expect([...found.keys()]).toEqual([known]);
});
