import { contract } from '../../shared/api/contract.ts';
import { isRefusal, refuse } from '../../shared/kernel/refusal.ts';
import { created, ok, operation } from '../../shared/platform/operation.ts';

export const enrolTerminal = operation(contract.enrolTerminal, async ({ path, body }, { enrolments, keys, clock }) => {
  if (!keys.isKey(body.key)) {
    const fields = [{ path: 'key', problem: 'is not a point of the curve P-256' }];
    return refuse('INVALID_REQUEST', 'The key cannot check any signature.', { fields });
  }
  const enrolled = await enrolments.enrol({ ...path, ...body, now: clock.now() });
  if (isRefusal(enrolled)) return enrolled;
  const reply = { terminal: enrolled.code, ...enrolled.terminal };
  return enrolled.did === 'enrolled' ? created(reply) : ok(reply);
});
