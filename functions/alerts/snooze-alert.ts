import * as contract from '../../shared/alerts/alert-contract.ts';
import { snooze } from '../../shared/alerts/alert-lifecycle.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { operation } from '../../shared/platform/operation.ts';
import { type ChangeAlertDeps, changeAlert } from './change-alert.ts';

type SnoozeAlertDeps = { readonly clock: Clock } & ChangeAlertDeps;

export const snoozeAlert = operation(
  contract.snoozeAlert,
  async ({ path, body, caller, ifMatch }, deps: SnoozeAlertDeps) => {
    const act = { at: deps.clock.now(), by: caller.sub, ifMatch };
    return changeAlert(path, (stored) => snooze(stored, body, act), deps);
  },
);
