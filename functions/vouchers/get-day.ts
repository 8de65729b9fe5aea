import { contract } from '../../shared/api/contract.ts';
import type { CloseStore } from '../../shared/day-close/close-store.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { cursorField } from '../../shared/platform/operation-contract.ts';

type GetDayDeps = { readonly closes: CloseStore; readonly ledger: LedgerStore };

/** `ending` has no pages: few vouchers of a day end alike. */
export const getDay = operation(
  contract.getDay,
  async ({ path: { location, day }, query }, { ledger, closes }: GetDayDeps) => {
    const { ending, cursor } = query;
    if (ending === undefined) {
      const { rows: vouchers, next } = await ledger.dayBook(location, day, cursor);
      const close = cursor === undefined ? await closes.latest(location, day) : undefined;
      return ok({ location, day, vouchers: [...vouchers], ...(close && { close }), ...cursorField(next) });
    }
    const all = await allPages((after) => ledger.dayBook(location, day, after));
    return ok({ location, day, vouchers: all.filter(({ number }) => number.endsWith(ending)) });
  },
);
