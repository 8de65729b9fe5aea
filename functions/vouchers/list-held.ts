import { contract } from '../../shared/contract/operations.ts';
import { more } from '../../shared/contract/parameters.ts';
import { ok, operation } from '../../shared/middleware/operation.ts';

export const listHeld = operation(contract.listHeld, async ({ path: { location }, query }, { held }) => {
  const { settled, cursor } = query;
  const { rows, next } = settled ? await held.ofLocation(location, cursor) : await held.stillAt(location, cursor);
  return ok({ location, held: [...rows], ...more(next) });
});
