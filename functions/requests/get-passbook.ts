import { contract } from '../../shared/api/contract.ts';
import { everything } from '../../shared/kernel/pages.ts';
import { dayOf } from '../../shared/kernel/time.ts';
import { seasonOf } from '../../shared/materials/season.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { refuseUnserved } from './depot-serves.ts';

export const getPassbook = operation(contract.getPassbook, async ({ path: { producer }, query, caller }, tools) => {
  const unserved = await refuseUnserved(caller, producer, tools);
  if (unserved) return unserved;
  const season = query.season ?? seasonOf(dayOf(tools.clock.now()));
  const entries = await everything((after) => tools.passbook.season(producer, season, after));
  const issues = await everything((after) => tools.ledger.drawnBy(producer, season, after));
  return ok({
    producer,
    season,
    accounts: entries.flatMap((entry) => ('account' in entry ? [entry.account] : [])),
    grants: entries.flatMap((entry) => ('grant' in entry ? [entry.grant] : [])),
    issues,
  });
});
