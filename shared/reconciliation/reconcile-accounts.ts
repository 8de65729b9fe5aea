import type { ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import type { Voucher } from '../ledger/voucher.ts';
import type { EntitlementAccount } from '../materials/entitlement-account.ts';
import { type MaterialRequest, reservedQuantitiesOf } from '../materials/material-request.ts';
import { type Drift, limitVouchers } from './drift.ts';
import { issuedQuantitiesOf } from './issued-quantities.ts';

/** A producer's accounts of one season, as they were read; and all that draws on them, whichever depot it is at. */
export type PassbookReading = {
  readonly accounts: readonly EntitlementAccount[];
  readonly requests: readonly MaterialRequest[];
  readonly issues: readonly Voucher[];
};

/** Drawn is what was issued, less what came back; reserved is what is reserved in requests; left is what is entitled less both. */
export const reconcileAccounts = ({ accounts, requests, issues }: PassbookReading): Drift[] =>
  accounts.flatMap((account): Drift[] => {
    const { producer, season, item, version } = account;
    const drawing = issues.filter((issue) => issuedQuantitiesOf(issue).has(item));
    const reserving = requests.filter(
      (request) => request.season === season && reservedQuantitiesOf(request).has(item),
    );
    const about = { producer, season, item, version };
    const figures = [
      {
        ...{
          kind: 'drawn' as const,
          book: account.drawn,
          says: sumOf(drawing.map((issue) => quantityOf(issuedQuantitiesOf(issue), item))),
        },
        vouchers: drawing.map(({ number }) => number).toReversed(),
      },
      {
        ...{ kind: 'reserved' as const, book: account.reserved },
        says: sumOf(reserving.map((request) => quantityOf(reservedQuantitiesOf(request), item))),
        vouchers: reserving.map(({ request }) => request),
      },
      {
        ...{ kind: 'left' as const, book: account.left, says: account.entitled - account.reserved - account.drawn },
        vouchers: [],
      },
    ];
    return figures
      .filter(({ book, says }) => book !== says)
      .map((figure) => ({ ...about, ...figure, vouchers: limitVouchers(figure.vouchers) }));
  });

const quantityOf = (quantities: ReadonlyMap<ItemId, number>, item: ItemId): number => quantities.get(item) ?? 0;
