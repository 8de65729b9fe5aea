import type { LocationId } from '../kernel/ids.ts';
import type { Day } from '../kernel/time.ts';
import { partsOf, type VoucherNumber, voucherNumberOf } from '../kernel/voucher-number.ts';

/** Example: `LKO-01#2026-11-22`, `S#7KQ2M#0001`. */
export const ledgerKey = (location: LocationId, number: VoucherNumber) => {
  const { terminal, kind, day, serial } = partsOf(number);
  return { daybook: daybookOf(location, day), entry: `${kind}#${terminal}#${serial}` };
};

export const returnedQuantityKey = (location: LocationId, number: VoucherNumber) => {
  const { entry } = ledgerKey(location, number);
  return { daybook: returnedQuantityDaybook(location, partsOf(number).day), entry };
};

export const returnedQuantityDaybook = (location: LocationId, day: Day): string => `${daybookOf(location, day)}#back`;

export const daybookOf = (location: LocationId, day: Day): string => `${location}#${day}`;

export const parseLedgerKey = ({ daybook, entry }: { daybook: string; entry: string }) => {
  const [location, day] = daybook.split('#') as [LocationId, Day];
  const [kind, terminal, serial] = entry.split('#') as [
    ReturnType<typeof partsOf>['kind'],
    ReturnType<typeof partsOf>['terminal'],
    string,
  ];
  return { location, number: voucherNumberOf({ terminal, kind, day, serial }) };
};
