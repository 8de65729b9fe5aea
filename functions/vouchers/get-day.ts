import { contract } from '../../shared/contract/operations.ts';
import { more } from '../../shared/contract/parameters.ts';
import { everything } from '../../shared/domain/pages.ts';
import { ok, operation } from '../../shared/middleware/operation.ts';

/** `ending` searches the whole day, so it has no pages: a day has few vouchers, and few of them end alike. */
export const getDay = operation(contract.getDay, async ({ path: { location, day }, query }, { ledger }) => {
  const { ending, cursor } = query;
  if (ending === undefined) {
    const { rows: vouchers, next } = await ledger.day(location, day, cursor);
    return ok({ location, day, vouchers: [...vouchers], ...more(next) });
  }
  const all = await everything((after) => ledger.day(location, day, after));
  return ok({ location, day, vouchers: all.filter(({ number }) => number.endsWith(ending)) });
});
