import type { ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import { issuedQuantitiesOf } from '../ledger/projection.ts';
import type { Voucher } from '../ledger/voucher.ts';
import type { EntitlementAccount } from '../materials/entitlement-account.ts';
import { type MaterialRequest, reservedQuantitiesOf } from '../materials/material-request.ts';
import { type Drift, limitVouchers } from './drift.ts';

/** Includes requests and issues at every depot. */
export type PassbookReading = {
  readonly accounts: readonly EntitlementAccount[];
  readonly requests: readonly MaterialRequest[];
  readonly issues: readonly Voucher[];
};

/**
 * `drawn`: issues less reversals; `reserved`: reservations of requests; `left`: entitlement less
 * both.
 */
export const reconcileAccounts = ({ accounts, requests, issues }: PassbookReading): Drift[] =>
  accounts.flatMap((account): Drift[] => {
    const { producer, season, item, version } = account;
    const issuesOfItem = issues.filter((issue) => issuedQuantitiesOf(issue).has(item));
    const requestsOfItem = requests.filter(
      (request) => request.season === season && reservedQuantitiesOf(request).has(item),
    );
    const context = { producer, season, item, version };
    const figures = [
      {
        kind: 'drawn' as const,
        book: account.drawn,
        says: sumOf(issuesOfItem.map((issue) => quantityOf(issuedQuantitiesOf(issue), item))),
        vouchers: issuesOfItem.map(({ number }) => number).toReversed(),
      },
      {
        kind: 'reserved' as const,
        book: account.reserved,
        says: sumOf(requestsOfItem.map((request) => quantityOf(reservedQuantitiesOf(request), item))),
        vouchers: requestsOfItem.map(({ request }) => request),
      },
      {
        kind: 'left' as const,
        book: account.left,
        says: account.entitled - account.reserved - account.drawn,
        vouchers: [],
      },
    ];
    return figures
      .filter(({ book, says }) => book !== says)
      .map((figure) => ({ ...context, ...figure, vouchers: limitVouchers(figure.vouchers) }));
  });

const quantityOf = (quantities: ReadonlyMap<ItemId, number>, item: ItemId): number => quantities.get(item) ?? 0;
