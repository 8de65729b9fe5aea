import { contract } from '../../shared/contract/operations.ts';
import { isRefusal } from '../../shared/domain/refusal.ts';
import { created, ok, operation } from '../../shared/middleware/operation.ts';

export const enrolTerminal = operation(contract.enrolTerminal, async ({ path, body }, { enrolments, clock }) => {
  const enrolled = await enrolments.enrol({ ...path, ...body, now: clock.now() });
  if (isRefusal(enrolled)) return enrolled;
  const reply = { terminal: enrolled.code, ...enrolled.terminal };
  return enrolled.did === 'enrolled' ? created(reply) : ok(reply);
});
