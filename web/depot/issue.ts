import type { ItemId } from '../../shared/kernel/ids.ts';
import { dayOf, instantOf } from '../../shared/kernel/time.ts';
import { toBaseUnits } from '../../shared/kernel/units.ts';
import type { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { type MaterialRequest, reservedQuantitiesOf } from '../../shared/materials/material-request.ts';
import type { Quantities } from '../materials/quantities.ts';
import { database, type PhoneVoucher } from '../outbox/database.ts';
import { entriesOf, knownItem } from '../stall/goods-lines.tsx';
import type { VoucherEntries } from '../stall/voucher-entries.ts';

type IssueLine = { readonly item: ItemId; readonly quantity: Parameters<typeof toBaseUnits>[0] };

/** Issues of this request that are on this phone: of today, not sent, or held. */
export const issueOf = async (request: VoucherNumber): Promise<readonly PhoneVoucher[]> => {
  const db = await database();
  const found = await Promise.all([
    db.getAllFromIndex('vouchers', 'day', dayOf(instantOf(Date.now()))),
    ...(['unsent', 'refused', 'held'] as const).map((state) => db.getAllFromIndex('vouchers', 'state', state)),
  ]);
  const own = found.flat().filter(({ claim }) => claim.kind === 'I' && claim.request === request);
  return [...new Map(own.map((voucher) => [voucher.number, voucher])).values()];
};

/** The reserved quantity less unsent issues of this phone. Base units. */
export const issueQuantities = (
  request: MaterialRequest,
  issues: readonly PhoneVoucher[],
): ReadonlyMap<ItemId, number> => {
  const left = new Map(reservedQuantitiesOf(request));
  for (const { state, claim } of issues)
    if (state === 'unsent' || state === 'refused')
      for (const { item, quantity } of claim.lines as readonly IssueLine[]) {
        const { unit, units = [] } = knownItem(item);
        const base = toBaseUnits(quantity, { unit, units });
        left.set(item, (left.get(item) ?? 0) - ('quantity' in base ? base.quantity : 0));
      }
  return new Map([...left].filter(([, quantity]) => quantity > 0));
};

/** One voucher per seller of the materials. */
export const issueEntries = (request: VoucherNumber, quantities: Quantities): VoucherEntries =>
  entriesOf(new Map([...quantities].filter(([, quantity]) => quantity > 0)), { kind: 'I', request });
