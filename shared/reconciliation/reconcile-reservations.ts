import type { ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import { givenIn } from '../materials/approve-share.ts';
import { type MaterialRequest, reservedIn } from '../materials/material-request.ts';
import { type Drift, named } from './drift.ts';
import { issuedBy } from './issued.ts';
import type { Reading } from './ledger-reading.ts';

/** What is reserved of each item for requests, and by runs of allocation for whom they have not come to yet. */
const reservedOf = ({ requests, running }: Reading): ReadonlyMap<ItemId, number> => {
  const reserved = requests.flatMap(({ lines }) =>
    lines.map((line) => ({ item: line.item, quantity: reservedIn(line) })),
  );
  const kept = running.flatMap(({ day, materials }) =>
    materials.map(({ item, taken }) => ({
      item,
      quantity: taken - sumOf(requests.map((request) => givenIn(request, day)?.get(item) ?? 0)),
    })),
  );
  const all = Map.groupBy([...reserved, ...kept], ({ item }) => item);
  return new Map([...all].map(([item, same]) => [item, sumOf(same.map(({ quantity }) => quantity))]));
};

/** Free is what is on hand less what is reserved. */
export const auditFree = (reading: Reading): Drift[] => {
  const reserved = reservedOf(reading);
  return reading.rows.flatMap(({ item, onHand, free, version }): Drift[] => {
    const says = onHand - (reserved.get(item) ?? 0);
    if (free === says) return [];
    const reserving = reading.requests.filter(({ lines }) =>
      lines.some((line) => line.item === item && reservedIn(line) > 0),
    );
    return [
      { kind: 'free', item, book: free, says, version, vouchers: named(reserving.map(({ request }) => request)) },
    ];
  });
};

/** What was issued of a request is what its vouchers issued, less what they took back. */
export const auditIssued = ({ requests, issues }: Reading): Drift[] =>
  requests.flatMap((request) =>
    request.lines.flatMap(({ item, issued }): Drift[] => {
      const numbers = issuesNamedBy(request);
      const says = sumOf(numbers.map((number) => issuedBy(issues.get(number)).get(item) ?? 0));
      if (issued === says) return [];
      const gone = numbers.filter((number) => !issues.has(number));
      return [
        {
          ...{ kind: 'issued', item, request: request.request, book: issued, says, version: request.version },
          vouchers: named([...gone, ...numbers]),
        },
      ];
    }),
  );

/** The vouchers that a request's history names. */
export const issuesNamedBy = ({ history }: MaterialRequest): VoucherNumber[] =>
  history.flatMap(({ voucher }) => (voucher ? [voucher] : []));
