import { contract } from '../../shared/contract/operations.ts';
import { acknowledge } from '../../shared/domain/alerts/take-on.ts';
import { operation } from '../../shared/middleware/operation.ts';
import { takeOn } from './take-on.ts';

export const acknowledgeAlert = operation(contract.acknowledgeAlert, async ({ path, caller, ifMatch }, tools) => {
  const isOfficer = caller.role === 'officer' || caller.role === 'admin';
  const act = { at: tools.clock.now(), by: caller.sub, ifMatch, isOfficer };
  return takeOn(path, (stored) => acknowledge(stored, act), tools);
});
