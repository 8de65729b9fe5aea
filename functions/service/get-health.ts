import * as contract from '../../shared/api/service-contract.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { ok, operation } from '../../shared/platform/operation.ts';

type GetHealthDeps = { readonly clock: Clock };

export const getHealth = operation(contract.getHealth, async (_request, { clock }: GetHealthDeps) =>
  ok({ status: 'ok' as const, time: clock.now() }),
);
