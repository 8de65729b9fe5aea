import { contract } from '../../shared/api/contract.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { alertDistricts } from './check-pin.ts';

export const setPin = operation(contract.setPin, async ({ path: { producer }, body }, tools) => {
  const { registry, pins, clock } = tools;
  if (!(await registry.entry('producers', producer)))
    return refuse('PRODUCER_UNKNOWN', `The registry has no producer ${producer}.`);
  await alertDistricts(producer, await pins.set({ producer, ...body, now: clock.now() }), tools);
  return ok({ producer, card: body.card });
});
