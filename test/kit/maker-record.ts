import fc from 'fast-check';
import { beforeAll } from 'vitest';
import type { Client } from '../../shared/api/client.ts';
import { type Book, expectOk } from './book.ts';
import { daysAgo } from './clock.ts';
import { openDepot } from './depot.ts';
import { workOff } from './jobs.ts';
import { requestsAt } from './material-requests.ts';
import { dispatched, lastFrom, phonesAt, type Shop, sold, tookBack } from './shop.ts';
import { recordLive } from './shop-phone.ts';

export const [OWN, SHARED, OF_NOBODY] = ['PBT-FLUTE-C', 'PBT-FLUTE-D', 'PBT-FLUTE-E'];
export const [STALL, MAKER, OTHER] = ['PBE-01', 'P0042', 'P0043'];

type Place = Pick<Shop, 'phones' | 'client'>;
type Count = { readonly delivered: number; readonly sold: number; readonly returned: number };

/** A maker delivers, sells and draws material for ten days; these are closed and summed. */
type MakerRecord = {
  readonly maker: Client;
  readonly stall: Place;
  /** By item: what the test itself has recorded. */
  readonly expected: ReadonlyMap<string, Count>;
  setMakers(item: string, makers: readonly string[]): Promise<void>;
};

const ACTION = fc.record({
  item: fc.constantFrom(OWN, OWN, SHARED, OF_NOBODY),
  quantity: fc.integer({ min: 1, max: 4 }),
  how: fc.constantFrom('deliver', 'deliver from the workshop', 'deliver by mistake', 'sell', 'sell', 'sell and return'),
});
type Action = typeof ACTION extends fc.Arbitrary<infer One> ? One : never;

const openMakerRecord = async (book: Book): Promise<MakerRecord> => {
  const setMakers = (id: string, makers?: readonly string[]) => changeMakers(book, id, makers);
  await setMakers(OWN, [MAKER]);
  const body = { name: 'Rafiq', nameHi: 'रफ़ीक़', district: 'PBT', craft: 'Flute' };
  expectOk(await book.admin.putEntry({ path: { kind: 'producers', id: OTHER }, body }));
  await setMakers(SHARED, [MAKER, OTHER]);
  await setMakers(OF_NOBODY);
  const maker = await book.as('producer', `producer:${MAKER}`);
  const stall = await phonesAt(book, STALL, 'PBT1', [0], 12);
  const workshop = await phonesAt(book, MAKER, 'PBT1', [0], 12);
  const expected = new Map<string, Count>();
  const actions = fc.sample(ACTION, { numRuns: 40, seed: 19 });
  for (const [at, action] of actions.entries())
    await daysAgo(book.clock, 10 - Math.floor(at / 8), async () => {
      book.clock.forward(at);
      for (const [figure, quantity] of await perform(action, stall, workshop)) {
        const count = expected.get(action.item) ?? { delivered: 0, sold: 0, returned: 0 };
        expected.set(action.item, { ...count, [figure]: count[figure] + quantity });
      }
    });
  await daysAgo(book.clock, 3, () => drawMaterial(book));
  await closeAndSum();
  return { maker, stall, expected, setMakers };
};

/** `openMakerRecord` for all tests of a file. */
export const useMakerRecord = (book: Book): MakerRecord => {
  const record = {} as MakerRecord;
  beforeAll(async () => {
    Object.assign(record, await openMakerRecord(book));
  });
  return record;
};

export const closeAndSum = async () => {
  for (const location of [STALL, 'PBE-D1']) await workOff('close-day', location);
  for (const area of ['PBT', 'state']) await workOff('sum-days', area);
};

const drawMaterial = async (book: Book) => {
  const depot = await openDepot(book);
  await depot.receive('SIL-1', '500 kg');
  const path = { kind: 'producers' as const, id: MAKER };
  const { entry, version } = expectOk(await book.admin.getEntry({ path }));
  const body = Object.assign(entry, { means: { members: 2 } });
  expectOk(await book.admin.putEntry({ path, body, ifMatch: version }));
  await requestsAt(book, depot, MAKER).reach.issued();
};

const changeMakers = async ({ admin }: Book, id: string, makers: readonly string[] | undefined) => {
  const path = { kind: 'items' as const, id };
  const { entry } = expectOk(await admin.getEntry({ path: { kind: 'items', id: OWN } }));
  const stored = await admin.getEntry({ path });
  const ifMatch = stored.status === 200 ? expectOk(stored).version : undefined;
  const body = Object.assign(entry, { makers });
  expectOk(await admin.putEntry({ path, body, ...(ifMatch && { ifMatch }) }));
};

/** The change of the item's count by this action. */
const perform = async (
  { item, quantity, how }: Action,
  stall: Place,
  workshop: Place,
): Promise<readonly (readonly [keyof Count, number])[]> => {
  const line = { item, quantity };
  if (how === 'deliver from the workshop') {
    const { number } = await recordLive(workshop, dispatched(STALL, line));
    await recordLive(stall, lastFrom(number, line));
    return [['delivered', quantity]];
  }
  const { number } = await recordLive(stall, { kind: 'R', from: { producer: MAKER }, lines: [line] });
  if (how === 'deliver by mistake') {
    await recordLive(stall, tookBack(number, { ...line, line: 1 }));
    return [];
  }
  if (how === 'deliver') return [['delivered', quantity]];
  const sale = await recordLive(stall, sold(line));
  const counted = [['delivered', quantity] as const, ['sold', quantity] as const];
  if (how === 'sell') return counted;
  await recordLive(stall, tookBack(sale.number, { item, quantity: 1, line: 1 }));
  return [...counted, ['returned', 1]];
};
