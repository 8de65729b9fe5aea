import { ALERT_COUNTS } from '../../shared/alerts/alert-metrics.ts';
import { contract } from '../../shared/api/contract.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { seenAs } from '../../shared/transfers/transfer-contract.ts';

/** What was on its way is missing from then on; the addressee's officers are told. Sent again, it is as it was closed. */
export const closeTransfer = operation(contract.closeTransfer, async ({ path, body, caller }, tools) => {
  const { location, dispatch } = path;
  const by = { at: tools.clock.now(), by: caller.sub, why: body.why };
  const closed = await tools.closeTransfer(location, dispatch, by);
  if (!closed) return refuse('NOT_FOUND', `No dispatch ${dispatch} was sent from ${location}, or to it.`);
  const { before, after } = closed;
  if (after !== before)
    for (const did of await tools.sayTransfer({ before, after, at: location })) tools.count(ALERT_COUNTS[did], 1);
  return ok(seenAs(after));
});
