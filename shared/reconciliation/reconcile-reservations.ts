import type { ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import { allocatedShareOf } from '../materials/approve-share.ts';
import { type MaterialRequest, reservedQuantityOf } from '../materials/material-request.ts';
import { type Drift, limitVouchers } from './drift.ts';
import { issuedQuantitiesOf } from './issued-quantities.ts';
import type { LedgerReading } from './ledger-reading.ts';

/** What is reserved of each item for requests, and by runs of allocation for whom they have not come to yet. */
const reservedQuantities = ({ requests, runningAllocations }: LedgerReading): ReadonlyMap<ItemId, number> => {
  const reserved = requests.flatMap(({ lines }) =>
    lines.map((line) => ({ item: line.item, quantity: reservedQuantityOf(line) })),
  );
  const kept = runningAllocations.flatMap(({ day, materials }) =>
    materials.map(({ item, taken }) => ({
      item,
      quantity: taken - sumOf(requests.map((request) => allocatedShareOf(request, day)?.get(item) ?? 0)),
    })),
  );
  const all = Map.groupBy([...reserved, ...kept], ({ item }) => item);
  return new Map([...all].map(([item, same]) => [item, sumOf(same.map(({ quantity }) => quantity))]));
};

/** Free is what is on hand less what is reserved. */
export const reconcileFree = (reading: LedgerReading): Drift[] => {
  const reserved = reservedQuantities(reading);
  return reading.stockRows.flatMap(({ item, onHand, free, version }): Drift[] => {
    const says = onHand - (reserved.get(item) ?? 0);
    if (free === says) return [];
    const reserving = reading.requests.filter(({ lines }) =>
      lines.some((line) => line.item === item && reservedQuantityOf(line) > 0),
    );
    return [
      {
        kind: 'free',
        item,
        book: free,
        says,
        version,
        vouchers: limitVouchers(reserving.map(({ request }) => request)),
      },
    ];
  });
};

/** What was issued of a request is what its vouchers issued, less what they took back. */
export const reconcileIssued = ({ requests, issues }: LedgerReading): Drift[] =>
  requests.flatMap((request) =>
    request.lines.flatMap(({ item, issued }): Drift[] => {
      const numbers = issueNumbersOf(request);
      const says = sumOf(numbers.map((number) => issuedQuantitiesOf(issues.get(number)).get(item) ?? 0));
      if (issued === says) return [];
      const gone = numbers.filter((number) => !issues.has(number));
      return [
        {
          ...{ kind: 'issued', item, request: request.request, book: issued, says, version: request.version },
          vouchers: limitVouchers([...gone, ...numbers]),
        },
      ];
    }),
  );

/** The vouchers that a request's history names. */
export const issueNumbersOf = ({ history }: MaterialRequest): VoucherNumber[] =>
  history.flatMap(({ voucher }) => (voucher ? [voucher] : []));
