import { canonical } from '../../shared/kernel/canonical-json.ts';
import { AGAIN, untilAnswered } from '../../shared/platform/retry.ts';
import type { Drift } from '../../shared/reconciliation/drift.ts';

/** How often a busy place is looked at; what moves all the time is left for another night. */
const LOOKS = 10;

/**
 * Vouchers land while they are read. What two looks in a row say the same of, at the same version, did not move between them: so what was read
 * in between belongs to it. Only that is drift.
 */
export const twiceSeen = (look: () => Promise<readonly Drift[]>): Promise<readonly Drift[]> => {
  let before: ReadonlySet<string> | undefined;
  let looks = 0;
  return untilAnswered(async () => {
    const drifts = await look();
    const stand = drifts.filter((drift) => before?.has(canonical(drift)));
    before = new Set(drifts.map(canonical));
    return stand.length === drifts.length || ++looks === LOOKS ? stand : AGAIN;
  });
};
