import { contract } from '../../shared/contract/operations.ts';
import { ok, operation } from '../../shared/middleware/operation.ts';

export const getHealth = operation(contract.getHealth, async (_asked, { clock }) =>
  ok({ status: 'ok' as const, time: clock.now() }),
);
