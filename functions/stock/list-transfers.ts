import { seenAs } from '../../shared/contract/operations/transfers.ts';
import { contract } from '../../shared/contract/operations.ts';
import { more } from '../../shared/contract/parameters.ts';
import { eachPageOf, type Lists } from '../../shared/domain/pages.ts';
import { type Standing, standingOf, stateOf, type Transfer } from '../../shared/domain/transfers/transfer.ts';
import { ok, operation } from '../../shared/middleware/operation.ts';

/** Lists are read in the order of their names. */
const LISTS = [
  ['1', 'open'],
  ['2', 'closed'],
] as const satisfies [string, Standing][];

/** Pages are read until there is something to show: an empty page would look like the end. */
export const listTransfers = operation(
  contract.listTransfers,
  async ({ path: { location }, query: { way = 'incoming', state, cursor } }, tools) => {
    const asked = LISTS.filter(([, standing]) => !state || standingOf(state) === standing);
    const lists: Lists<Transfer> = new Map(
      asked.map(([name, standing]) => [name, (after) => tools.transfers.of(way, location, standing, after)]),
    );
    for await (const { rows, next } of eachPageOf(lists, cursor)) {
      const transfers = rows.filter((transfer) => !state || stateOf(transfer) === state).map(seenAs);
      if (transfers.length > 0) return ok({ location, transfers, ...more(next) });
    }
    return ok({ location, transfers: [] });
  },
);
