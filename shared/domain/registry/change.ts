import type { Version } from '../quantity.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { canonical } from '../vouchers/claim.ts';

type Stored = { readonly version: Version; readonly entry: unknown };

/** Whether an entry is to be made (version 1), changed (from the version that stands), or says what is there already. */
export type EntryChange = { readonly did: 'created' | 'changed' | 'unchanged'; readonly from: Version | undefined };

/** Saying what is there changes nothing, whatever version was named: that is how a repeat after a lost answer ends well. */
export const decideEntry = (
  stored: Stored | undefined,
  entry: unknown,
  ifMatch: Version | undefined,
): EntryChange | Refusal => {
  if (!stored) {
    if (ifMatch !== undefined) return refuse('VERSION_MISMATCH', 'There is no such entry yet.', { version: 0 });
    return { did: 'created', from: undefined };
  }
  const { version } = stored;
  if (canonical(stored.entry) === canonical(entry)) return { did: 'unchanged', from: version };
  if (ifMatch === undefined) return refuse('PRECONDITION_REQUIRED', `It is there already, at version ${version}.`);
  if (ifMatch !== version)
    return refuse('VERSION_MISMATCH', `It is at version ${version}, not ${ifMatch}.`, { version });
  return { did: 'changed', from: version };
};
