import { isRefusal, refuse } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { created, ok, operation } from '../../shared/platform/operation.ts';
import type { EnrolmentService } from '../../shared/registry/enrolment-service.ts';
import * as contract from '../../shared/registry/terminal-contract.ts';
import type { TerminalKeys } from '../../shared/registry/terminal-key-cache.ts';

type EnrolTerminalDeps = { readonly clock: Clock; readonly enrolments: EnrolmentService; readonly keys: TerminalKeys };

export const enrolTerminal = operation(
  contract.enrolTerminal,
  async ({ path, body }, { enrolments, keys, clock }: EnrolTerminalDeps) => {
    if (!keys.isKey(body.key)) {
      const fields = [{ path: 'key', problem: 'is not a point of the curve P-256' }];
      return refuse('INVALID_REQUEST', 'The key is not a valid ES256 public key.', { fields });
    }
    const enrolled = await enrolments.enrol({ ...path, ...body, now: clock.now() });
    if (isRefusal(enrolled)) return enrolled;
    const reply = { terminal: enrolled.code, ...enrolled.terminal };
    return enrolled.did === 'enrolled' ? created(reply) : ok(reply);
  },
);
