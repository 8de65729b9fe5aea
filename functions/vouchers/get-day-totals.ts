import * as contract from '../../shared/day-close/day-book-contract.ts';
import { sellersOf, tendersOf } from '../../shared/day-close/sales.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import { ok, operation } from '../../shared/platform/operation.ts';

type GetDayTotalsDeps = { readonly ledger: LedgerStore };

export const getDayTotals = operation(
  contract.getDayTotals,
  async ({ path: { location, day } }, { ledger }: GetDayTotalsDeps) => {
    const vouchers = await allPages((after) => ledger.dayBook(location, day, after));
    const sellers = sellersOf(vouchers, new Map()).map(({ tax: _tax, taxBack: _taxBack, ...seller }) => seller);
    return ok({ location, day, vouchers: vouchers.length, tenders: tendersOf(vouchers), sellers });
  },
);
