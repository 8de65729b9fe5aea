import * as contract from '../../shared/alerts/alert-contract.ts';
import { acknowledge } from '../../shared/alerts/alert-lifecycle.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { operation } from '../../shared/platform/operation.ts';
import { type ChangeAlertDeps, changeAlert } from './change-alert.ts';

type AcknowledgeAlertDeps = { readonly clock: Clock } & ChangeAlertDeps;

export const acknowledgeAlert = operation(
  contract.acknowledgeAlert,
  async ({ path, caller, ifMatch }, deps: AcknowledgeAlertDeps) => {
    const isOfficer = caller.role === 'officer' || caller.role === 'admin';
    const act = { at: deps.clock.now(), by: caller.sub, ifMatch, isOfficer };
    return changeAlert(path, (stored) => acknowledge(stored, act), deps);
  },
);
