import { countAlerts } from '../../shared/alerts/alert-evaluation-service.ts';
import type { EvaluateTransferAlerts } from '../../shared/alerts/voucher-alert-service.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import * as contract from '../../shared/transfers/transfer-contract.ts';
import { toTransferView } from '../../shared/transfers/transfer-contract.ts';
import type { CloseTransferShort } from '../../shared/transfers/transfer-service.ts';

type CloseTransferDeps = {
  readonly clock: Clock;
  readonly closeTransfer: CloseTransferShort;
  readonly count: CountMetric;
  readonly evaluateTransfer: EvaluateTransferAlerts;
};

/** Goods in transit then count as missing. */
export const closeTransfer = operation(
  contract.closeTransfer,
  async ({ path, body, caller }, deps: CloseTransferDeps) => {
    const { location, dispatch } = path;
    const by = { at: deps.clock.now(), by: caller.sub, why: body.why };
    const closed = await deps.closeTransfer(location, dispatch, by);
    if (!closed) return refuse('NOT_FOUND', `No dispatch ${dispatch} was sent from ${location}, or to it.`);
    const { before, after } = closed;
    if (after !== before) countAlerts(deps.count, await deps.evaluateTransfer({ before, after, at: location }));
    return ok(toTransferView(after));
  },
);
