import { contract } from '../../shared/contract/operations.ts';
import { more } from '../../shared/contract/parameters.ts';
import { eachPage } from '../../shared/domain/pages.ts';
import { ok, operation } from '../../shared/middleware/operation.ts';

/** Pages are read until there is something to show: an empty page would look like the end. */
export const listHeld = operation(contract.listHeld, async ({ path: { location }, query }, tools) => {
  for await (const { rows, next } of eachPage((after) => tools.held.ofLocation(location, after), query.cursor)) {
    const held = query.settled ? [...rows] : rows.filter(({ state }) => state === 'held');
    if (held.length > 0) return ok({ location, held, ...more(next) });
  }
  return ok({ location, held: [] });
});
