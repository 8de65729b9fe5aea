/** @module-tag property */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ItemId } from '../../shared/kernel/ids.ts';
import type { Paise, Quantity } from '../../shared/kernel/quantity.ts';
import { Day, Instant } from '../../shared/kernel/time.ts';
import { challanLinesOf } from '../../shared/ledger/challan-facts.ts';
import { priceLine } from '../../shared/ledger/kinds/sale-prices.ts';
import { gstRateOf } from '../../shared/ledger/kinds/sale-tax.ts';
import { GstRate } from '../../shared/registry/gst-rate.ts';
import { Item, priceUnitOf } from '../../shared/registry/item.ts';

it('A line without a stated cost has the rate of a sale at the list price.', () => {
  const price = fc.record({
    price: fc.oneof(fc.integer({ min: 1, max: 600_000 }), fc.integer({ min: 250_000, max: 300_000 })),
    gstBasisPoints: fc.constantFrom(undefined, 0, 500, 1_200),
  });
  fc.assert(
    fc.property(price, fc.constantFrom(TIERS, ONE_ROW, []), ({ price: paise, gstBasisPoints }, rates) => {
      const item = Item.parse({
        name: 'Chikan kurta, M',
        nameHi: 'चिकन कुर्ता',
        product: 'KURTA',
        seller: 'LKO1',
        unit: 'piece',
        hsn: '6211',
        prices: [{ from: '2026-04-01', price: paise, mrp: paise, gstBasisPoints }],
        reorderPoint: 0,
        aliases: [],
      });
      const items = new Map([[id, item]]);
      const prices = item.prices.map((one) => ({ ...one, unit: priceUnitOf(item, one) }));
      const sold = priceLine({ item: id, quantity: 1 as Quantity, unitPrice: paise as Paise }, prices);
      const sale = gstRateOf(sold, day, { registration: 'regular', items, rates });
      fc.pre(sale.problem === undefined);
      const [line] = challanLinesOf([{ item: id, quantity: 1 }], { at, day, items, rates, isTaxed: true });
      expect(line?.gstBasisPoints).toBe(sale.unrated ? undefined : sale.rate);
    }),
  );
});

const day = Day.parse('2026-11-22');
const at = Instant.parse(`${day}T05:00:00.000Z`);
const id = ItemId.parse('LKO-KURTA-M');

const notified = { from: '2025-09-22', notification: 'Notification 9/2025', notifiedOn: '2025-09-17' };
const rowOf = (rowId: string, row: object) => ({
  id: rowId,
  ...GstRate.parse({ name: 'Clothes', ...notified, ...row }),
});
/** Clothes of HSN 62: 5 % up to ₹2,500 a piece without tax, 18 % above. */
const TIERS = [rowOf('62', { upTo: 250_000, gstBasisPoints: 500 }), rowOf('62-ABOVE', { gstBasisPoints: 1_800 })];
const ONE_ROW = [rowOf('62', { gstBasisPoints: 500 })];
