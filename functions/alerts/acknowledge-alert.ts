import { acknowledge } from '../../shared/alerts/acknowledge.ts';
import { contract } from '../../shared/api/contract.ts';
import { operation } from '../../shared/platform/operation.ts';
import { takeOn } from './change-alert.ts';

export const acknowledgeAlert = operation(contract.acknowledgeAlert, async ({ path, caller, ifMatch }, tools) => {
  const isOfficer = caller.role === 'officer' || caller.role === 'admin';
  const act = { at: tools.clock.now(), by: caller.sub, ifMatch, isOfficer };
  return takeOn(path, (stored) => acknowledge(stored, act), tools);
});
