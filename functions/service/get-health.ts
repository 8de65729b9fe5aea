import { contract } from '../../shared/api/contract.ts';
import { ok, operation } from '../../shared/platform/operation.ts';

export const getHealth = operation(contract.getHealth, async (_asked, { clock }) =>
  ok({ status: 'ok' as const, time: clock.now() }),
);
