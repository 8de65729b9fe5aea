import type { CloseStore } from '../../shared/day-close/close-store.ts';
import * as contract from '../../shared/day-close/day-book-contract.ts';
import type { LocationId } from '../../shared/kernel/ids.ts';
import { allPages, InvalidCursorError, type Page, type PagePosition } from '../../shared/kernel/pages.ts';
import type { Day } from '../../shared/kernel/time.ts';
import { sequenceOf } from '../../shared/kernel/voucher-number.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { cursorField } from '../../shared/platform/operation-contract.ts';

type GetDayDeps = { readonly closes: CloseStore; readonly ledger: LedgerStore };

const PAGE_SIZE = 100;

/** `ending` has no pages: few vouchers of a day end alike. */
export const getDay = operation(
  contract.getDay,
  async ({ path: { location, day }, query }, { ledger, closes }: GetDayDeps) => {
    const { ending, order, cursor } = query;
    if (ending === undefined) {
      const { rows: vouchers, next } =
        order === 'time'
          ? await pageByTime(ledger, location, day, cursor)
          : await ledger.dayBook(location, day, cursor);
      const close = cursor === undefined ? await closes.latest(location, day) : undefined;
      return ok({ location, day, vouchers: [...vouchers], ...(close && { close }), ...cursorField(next) });
    }
    const all = await allPages((after) => ledger.dayBook(location, day, after));
    return ok({ location, day, vouchers: all.filter(({ number }) => number.endsWith(ending)) });
  },
);

/** Each page reads the whole day: a stall has some hundred vouchers a day. */
const pageByTime = async (
  ledger: LedgerStore,
  location: LocationId,
  day: Day,
  [after = '', ...more]: PagePosition = [],
): Promise<Page<Voucher>> => {
  if (more.length > 0) throw new InvalidCursorError();
  const all = await allPages((page) => ledger.dayBook(location, day, page));
  const left = all
    .map((voucher) => ({ voucher, sequence: sequenceOf(voucher) }))
    .filter(({ sequence }) => sequence > after)
    .toSorted((one, other) => (one.sequence < other.sequence ? -1 : 1));
  const last = left[PAGE_SIZE - 1];
  return {
    rows: left.slice(0, PAGE_SIZE).map(({ voucher }) => voucher),
    next: last && left.length > PAGE_SIZE ? [last.sequence] : undefined,
  };
};
