import fc from 'fast-check';
import { expect, it } from 'vitest';
import { reconcileLocation } from '../../functions/reconcile-ledger/reconcile-location.ts';
import { allStores } from '../../local/all-stores.ts';
import { StockLocationId } from '../../shared/kernel/ids.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { START } from '../kit/clock.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { BAMBOO as item, openDepot } from '../kit/depot.ts';
import { requestsAt } from '../kit/material-requests.ts';
import { runs } from '../kit/runs.ts';
import { counted, phonesAt, received, tookBack } from '../kit/shop.ts';
import { type StockEvent, stockAfter } from '../kit/stock-model.ts';

checkAnswersAgainstContract();

const book = useBook();
let made = 0;

const ofOneLine = (kind: string, more: object, quantity: number) => ({ kind, ...more, lines: [{ item, quantity }] });
const quantity = fc.integer({ min: 1, max: 9 });
const when = { tick: fc.nat(9), batch: fc.nat(6) };
const happening = fc.oneof(
  fc.record({ ...when, kind: fc.constantFrom('receipt', 'lost', 'found', 'issue', 'count'), quantity }),
  fc.record({ ...when, kind: fc.constant('back'), quantity, of: fc.nat() }),
);

it("After a late, unordered sync a depot's lots equal its stock, and it reconciles.", {
  tags: 'property',
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 4, maxLength: 16 }), async (happens) => {
      const id = `${'ABCDEFGHJK'[Math.floor(++made / 100)]}${'ABCDEFGHJK'[Math.floor(made / 10) % 10]}E-D${made % 10}`;
      const body = { name: 'Depot', nameHi: 'डिपो', district: 'PBT', sellers: ['PBT1'] };
      expectOk(await book.admin.putEntry({ path: { kind: 'depots', id }, body }));
      const producer = `P8${String(made).padStart(3, '0')}`;
      const depot = await openDepot(book, id);
      await depot.producer(producer);
      const { phones, client } = await phonesAt(book, id, 'PBT1');
      const [phone] = phones;
      if (!phone) throw new Error('a phone');
      const first = phone.write(received({ item, quantity: 20, lot: 'FIRST' }), START - 300_000);
      expectOk(await phone.live(first));
      const asks = requestsAt(book, depot, producer);
      const request = await asks.submitted(20);
      expectOk(await asks.approve(request));

      const all = new Map<string, StockEvent & { batch: number; claim: ReturnType<typeof phone.write> }>();
      for (const [n, one] of happens.entries()) {
        const at = START - 300_000 + 10_000 * one.tick;
        const note = (says: Parameters<typeof phone.write>[0], moves: number) => {
          const claim = phone.write(says, at);
          const lines = [{ item, quantity: moves }];
          all.set(claim.number, {
            at,
            number: claim.number,
            lines,
            counted: says.kind === 'C',
            batch: one.batch,
            claim,
          });
        };
        if (one.kind === 'receipt') note(received({ item, quantity: one.quantity, lot: `L-${n}` }), one.quantity);
        if (one.kind === 'lost') note(ofOneLine('A', { reason: 'lost' }, one.quantity), -one.quantity);
        if (one.kind === 'found') note(ofOneLine('A', { reason: 'found' }, one.quantity), one.quantity);
        if (one.kind === 'issue') note(ofOneLine('I', { request }, one.quantity), -one.quantity);
        if (one.kind === 'count') note(counted({ item, quantity: 3 * (one.quantity - 1) }), 3 * (one.quantity - 1));
        const movers = [...all.values()].filter(({ counted: isCount, number }) => !isCount && number[5] !== 'V');
        const original = 'of' in one ? movers[one.of % movers.length] : undefined;
        if (original)
          note(
            tookBack(original.number, { line: 1, item, quantity: one.quantity }),
            -Math.sign(original.lines[0]?.quantity ?? 0) * one.quantity,
          );
      }
      const recorded: StockEvent[] = [{ at: START - 300_000, number: first.number, lines: [{ item, quantity: 20 }] }];
      for (const [, batch] of [...Map.groupBy(all.values(), (one) => one.batch)].sort(([a], [b]) => a - b)) {
        const { outcomes } = expectOk(await phone.sync(batch.map(({ claim }) => claim)));
        for (const { number, outcome } of outcomes) {
          expect(['recorded', 'held']).toContain(outcome);
          const one = all.get(number);
          if (one && outcome === 'recorded') recorded.push(one);
        }
        const row = expectOk(await client.getLocationStock({ path: { location: id } })).stock.find(
          (r) => r.item === item,
        );
        const [line] = (await asks.read(request)).lines;
        const account = (await depot.account(producer)) ?? { drawn: Number.NaN };
        const { onHand = 0, free = 0, lots = [] } = row ?? {};
        const there = stockAfter(recorded)[item] ?? 0;
        expect({ onHand, free, inLots: lots.reduce((sum, { left }) => sum + left, 0), drawn: account.drawn }).toEqual({
          onHand: there,
          free: there - ((line?.approved ?? 0) - (line?.issued ?? 0)),
          inLots: Math.max(0, there),
          drawn: line?.issued,
        });
      }
      expect((await reconcileLocation(StockLocationId.parse(id), 'the whole book', allStores())).drifts).toEqual([]);
    }),
    { numRuns: runs(8), seed: 5 },
  );
});
