import { contract } from '../../shared/contract/operations.ts';
import { everything } from '../../shared/domain/pages.ts';
import { refuse } from '../../shared/domain/refusal.ts';
import { isSameHolder } from '../../shared/domain/vouchers/customer.ts';
import { partsOf } from '../../shared/domain/vouchers/number.ts';
import { ok, operation } from '../../shared/middleware/operation.ts';

export const getCustomer = operation(contract.getCustomer, async ({ path }, { customers, registry, clock }) => {
  const { location, number } = path;
  const customer = await customers.find(path, clock.now());
  if (!customer) return refuse('NOT_FOUND', `No phone is kept of the customer of ${number}.`);
  const code = partsOf(number).terminal;
  const terminal = (await registry.entriesNow('terminals', [code])).get(code)?.entry;
  const atPlace = await everything((after) => registry.terminalsOf(location, after));
  const others = atPlace.map(({ entry }) => entry);
  if (terminal && isSameHolder(terminal, others, customer)) return ok({ ...path, ...customer });
  return refuse('FORBIDDEN', 'The stall has another holder than the one who recorded this sale.');
});
