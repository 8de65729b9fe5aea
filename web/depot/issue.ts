import type { ItemId, StaffId, StockLocationId } from '../../shared/kernel/ids.ts';
import { dayOf, instantOf } from '../../shared/kernel/time.ts';
import { measureOf, toBaseUnits } from '../../shared/kernel/units.ts';
import type { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { type MaterialRequest, reservedQuantitiesOf } from '../../shared/materials/material-request.ts';
import { database, type PhoneVoucher } from '../outbox/database.ts';
import { terminals } from '../outbox/enrolment.ts';
import { capture, type Entry } from '../outbox/outbox.ts';
import { itemsById } from '../stall/catalogue.ts';

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
        const known = itemsById.value.get(item);
        const base = known && toBaseUnits(quantity, { unit: known.unit, units: known.units ?? [] });
        left.set(item, (left.get(item) ?? 0) - (base && 'quantity' in base ? base.quantity : 0));
      }
  return new Map([...left].filter(([, quantity]) => quantity > 0));
};

/** Stores the issue, one voucher per seller of the materials. Works without a link. */
export const captureIssue = async (
  location: StockLocationId,
  request: VoucherNumber,
  quantities: ReadonlyMap<ItemId, number>,
  by: StaffId,
): Promise<PhoneVoucher[]> => {
  const lines = [...quantities].flatMap(([id, quantity]) => {
    const item = itemsById.value.get(id);
    if (!item || quantity <= 0) return [];
    const measure = measureOf(quantity, { unit: item.unit, units: item.units ?? [] });
    return [{ seller: item.seller, line: { item: id, quantity: measure } }];
  });
  const entries = [...Map.groupBy(lines, ({ seller }) => seller)].flatMap(([seller, own]): Entry[] => {
    const terminal = terminals.value.find((one) => one.location === location && one.seller === seller);
    if (!terminal) return [];
    const draft = { kind: 'I' as const, request, lines: own.map(({ line }) => line) };
    return [{ terminal: terminal.terminal, draft }];
  });
  return capture(entries, by);
};
