import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ItemId } from '../../shared/kernel/ids.ts';
import { decreaseOfLeft, defaultEntitlement } from '../../shared/materials/entitlement-account.ts';
import { Depot, PRODUCTION_MEANS, Producer } from '../../shared/registry/entries.ts';
import { Item } from '../../shared/registry/item.ts';

const bamboo = ItemId.parse('PBT-BAMBOO');
const count = fc.option(fc.integer({ min: 1, max: 10_000 }), { nil: undefined });
const quantity = fc.integer({ min: 1, max: 100_000_000 });
const items = fc
  .option(fc.record({ per: fc.constantFrom(...PRODUCTION_MEANS), quantity }), { nil: undefined })
  .map((entitlement) => ({ entitlement: Item.shape.entitlement.parse(entitlement) }));
const producers = fc
  .option(fc.record({ members: count, looms: count, kilns: count }), { nil: undefined })
  .map((means) => Producer.pick({ means: true }).parse({ means }));
const depots = fc
  .option(fc.array(fc.record({ item: fc.constantFrom('PBT-BAMBOO', 'PBT-CANE'), quantity }), { maxLength: 2 }), {
    nil: undefined,
  })
  .map((gives) => Depot.pick({ gives: true }).parse({ gives }));

it('The entitlement counts registered means, else what the depot gives anyone, else nothing.', () => {
  fc.assert(
    fc.property(items, producers, depots, (item, producer, depot) => {
      const entitled = defaultEntitlement(bamboo, item, producer, depot);
      const own = item.entitlement && producer.means?.[item.entitlement.per];
      const anyone = depot.gives?.find((one) => one.item === bamboo)?.quantity;
      expect(entitled).toBe(own ? own * (item.entitlement?.quantity ?? 0) : (anyone ?? 0));
      expect(Number.isSafeInteger(entitled) && entitled >= 0).toBe(true);
    }),
  );
});

it('By default a producer is entitled to nothing.', () => expect(defaultEntitlement(bamboo, {}, {}, {})).toBe(0));

it('Reserved quantities reduce the entitlement left, and their issue does not reduce it twice.', () => {
  fc.assert(
    fc.property(quantity, (much) => {
      const change = (reserved: number, drawn: number) => decreaseOfLeft({ item: bamboo, reserved, drawn });
      expect([change(much, 0), change(-much, much), change(-much, 0)]).toEqual([much, 0, -much]);
    }),
  );
});
