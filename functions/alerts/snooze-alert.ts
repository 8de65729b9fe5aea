import { contract } from '../../shared/contract/operations.ts';
import { snooze } from '../../shared/domain/alerts/take-on.ts';
import { operation } from '../../shared/middleware/operation.ts';
import { takeOn } from './take-on.ts';

export const snoozeAlert = operation(contract.snoozeAlert, async ({ path, body, caller, ifMatch }, tools) => {
  const act = { at: tools.clock.now(), by: caller.sub, ifMatch };
  return takeOn(path, (stored) => snooze(stored, body, act), tools);
});
