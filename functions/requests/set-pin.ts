import { refuse } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import * as contract from '../../shared/materials/entitlement-contract.ts';
import type { PinService } from '../../shared/materials/pin-service.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { type AlertDistrictsDeps, evaluatePinAlerts } from './check-pin.ts';

type SetPinDeps = {
  readonly clock: Clock;
  readonly pins: PinService;
  readonly registry: RegistryStore;
} & AlertDistrictsDeps;

export const setPin = operation(contract.setPin, async ({ path: { producer }, body }, deps: SetPinDeps) => {
  const { registry, pins, clock } = deps;
  if (!(await registry.entry('producers', producer)))
    return refuse('PRODUCER_UNKNOWN', `The registry has no producer ${producer}.`);
  await evaluatePinAlerts(producer, await pins.set({ producer, ...body, now: clock.now() }), deps);
  return ok({ producer, card: body.card });
});
