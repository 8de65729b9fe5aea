import { atOnce, type Composition } from '../../shared/api/composition.ts';
import { contract } from '../../shared/api/contract.ts';
import { LocationId } from '../../shared/kernel/ids.ts';
import { everything } from '../../shared/kernel/pages.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { ok, operation } from '../../shared/platform/operation.ts';

/** Locations that are read at once. */
const TOGETHER = 25;

/** Reads the kept phones of each location of the area: the table has at most 30 days of them, and no index that would outlive them. */
export const eraseCustomerPhone = operation(contract.eraseCustomerPhone, async ({ query: { area }, body }, tools) => {
  const { customers, registry, clock } = tools;
  if (area !== 'state' && !(await registry.entry('districts', area)))
    return refuse('NOT_FOUND', `There is no district ${area}.`);
  let erased = 0;
  await atOnce(TOGETHER, await locationsIn(area, tools), async (location) => {
    const numbers = await everything((after) => customers.withPhone(location, body.phone, after));
    for (const number of numbers) await customers.erase({ location, number }, clock.now());
    erased += numbers.length;
  });
  return ok({ area, erased });
});

const locationsIn = async (area: string, { registry }: Composition): Promise<LocationId[]> => {
  const kinds = [
    await everything((after) => registry.list('outlets', after)),
    await everything((after) => registry.list('depots', after)),
  ];
  return kinds
    .flat()
    .filter(({ entry }) => area === 'state' || entry.district === area)
    .map(({ id }) => LocationId.parse(id));
};
