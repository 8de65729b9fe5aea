import { contract } from '../../shared/contract/operations.ts';
import { refuse } from '../../shared/domain/refusal.ts';
import { ok, operation } from '../../shared/middleware/operation.ts';

export const setPin = operation(contract.setPin, async ({ path: { producer }, body }, { registry, pins, clock }) => {
  if (!(await registry.entry('producers', producer)))
    return refuse('PRODUCER_UNKNOWN', `The registry has no producer ${producer}.`);
  await pins.set({ producer, ...body, now: clock.now() });
  return ok({ producer, card: body.card });
});
