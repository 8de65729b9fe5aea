import { toCanonicalJson } from '../../shared/kernel/canonical-json.ts';
import { RETRY, retry } from '../../shared/platform/retry.ts';
import type { Drift } from '../../shared/reconciliation/drift.ts';

/** How often a busy place is looked at; what moves all the time is left for another night. */
const MAX_READINGS = 10;

/**
 * Vouchers land while they are read. What two looks in a row say the same of, at the same version, did not move between them: so what was read
 * in between belongs to it. Only that is drift.
 */
export const confirmStable = (look: () => Promise<readonly Drift[]>): Promise<readonly Drift[]> => {
  let before: ReadonlySet<string> | undefined;
  let looks = 0;
  return retry(async () => {
    const drifts = await look();
    const stand = drifts.filter((drift) => before?.has(toCanonicalJson(drift)));
    before = new Set(drifts.map(toCanonicalJson));
    return stand.length === drifts.length || ++looks === MAX_READINGS ? stand : RETRY;
  });
};
