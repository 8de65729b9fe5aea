import { snooze } from '../../shared/alerts/acknowledge.ts';
import { contract } from '../../shared/api/contract.ts';
import { operation } from '../../shared/platform/operation.ts';
import { takeOn } from './change-alert.ts';

export const snoozeAlert = operation(contract.snoozeAlert, async ({ path, body, caller, ifMatch }, tools) => {
  const act = { at: tools.clock.now(), by: caller.sub, ifMatch };
  return takeOn(path, (stored) => snooze(stored, body, act), tools);
});
