import type { ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import { issuedQuantitiesOf, quantitiesByItem } from '../ledger/projection.ts';
import { type MaterialRequest, reservedQuantityOf } from '../materials/material-request.ts';
import { allocatedShareOf } from '../materials/request-transitions.ts';
import { type Drift, limitVouchers } from './drift.ts';
import type { LedgerReading } from './ledger-reading.ts';

const reservedQuantities = ({ requests, runningAllocations }: LedgerReading): ReadonlyMap<ItemId, number> => {
  const reserved = requests.flatMap(({ lines }) =>
    lines.map((line) => ({ item: line.item, quantity: reservedQuantityOf(line) })),
  );
  const unassigned = runningAllocations.flatMap(({ day, materials }) =>
    materials.map(({ item, taken }) => ({
      item,
      quantity: taken - sumOf(requests.map((request) => allocatedShareOf(request, day)?.get(item) ?? 0)),
    })),
  );
  return quantitiesByItem([...reserved, ...unassigned]);
};

/** `free` must equal on hand less reservations. */
export const reconcileFree = (reading: LedgerReading): Drift[] => {
  const reserved = reservedQuantities(reading);
  return reading.stockRows.flatMap(({ item, onHand, free, version }): Drift[] => {
    const says = onHand - (reserved.get(item) ?? 0);
    if (free === says) return [];
    const requestsOfItem = reading.requests.filter(({ lines }) =>
      lines.some((line) => line.item === item && reservedQuantityOf(line) > 0),
    );
    return [
      {
        kind: 'free',
        item,
        book: free,
        says,
        version,
        vouchers: limitVouchers(requestsOfItem.map(({ request }) => request)),
      },
    ];
  });
};

/** `issued` must equal issues less reversals. */
export const reconcileIssued = ({ requests, issues }: LedgerReading): Drift[] =>
  requests.flatMap((request) =>
    request.lines.flatMap(({ item, issued }): Drift[] => {
      const numbers = issueNumbersOf(request);
      const says = sumOf(numbers.map((number) => issuedQuantitiesOf(issues.get(number)).get(item) ?? 0));
      if (issued === says) return [];
      const missing = numbers.filter((number) => !issues.has(number));
      return [
        {
          kind: 'issued',
          item,
          request: request.request,
          book: issued,
          says,
          version: request.version,
          vouchers: limitVouchers([...missing, ...numbers]),
        },
      ];
    }),
  );

export const issueNumbersOf = ({ history }: MaterialRequest): VoucherNumber[] =>
  history.flatMap(({ voucher }) => (voucher ? [voucher] : []));
