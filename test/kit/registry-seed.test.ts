import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Book, expectOk, openBook } from './book.ts';
import { scanPages } from './bulk-items.ts';
import { engineClient } from './fast-clients.ts';
import { REGISTRY_SEED } from './registry-seed.ts';

let seeded: Book;
let empty: Book;
beforeAll(async () => {
  seeded = await openBook();
  empty = await openBook({ seed: false });
});
afterAll(() => Promise.all([seeded.close(), empty.close()]));

const registryOf = async ({ bahi }: Book) => {
  const client = engineClient();
  const items = [];
  for await (const page of scanPages(client, bahi.tables.Registry)) items.push(...page);
  // Seeded entries have no history.
  const entries = items.filter(({ kind }) => !String(kind).startsWith('history#'));
  // Every write has a random `writtenBy` (put-if.ts).
  return new Map(entries.map((item) => [`${item.kind}/${item.id}`, { ...item, writtenBy: typeof item.writtenBy }]));
};

it('The seeded registry holds the same items as the PUTs of its entries write.', async () => {
  for (const [kind, entries] of REGISTRY_SEED)
    for (const [id, body] of Object.entries(entries))
      expectOk(await empty.admin.putEntry({ path: { kind, id }, body }));
  expect(await registryOf(seeded)).toEqual(await registryOf(empty));
});
