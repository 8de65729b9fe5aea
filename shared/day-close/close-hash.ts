import { createHash } from 'node:crypto';
import { toCanonicalJson } from '../kernel/canonical-json.ts';
import type { Voucher } from '../ledger/voucher.ts';
import { type DayClose, Hash } from './day-close.ts';

/** Over the vouchers of a day's book in the order of its keys, each in full as canonical JSON on a line of its own: what was said, how it came in, what came of it. */
export const hashOfBook = (book: readonly Voucher[]): Hash => {
  const hash = createHash('sha256');
  for (const voucher of book) hash.update(`${toCanonicalJson(voucher)}\n`);
  return Hash.parse(hash.digest('hex'));
};

/** Over the close as canonical JSON, less its hash: with the hash of its vouchers, and of the close before it. */
export const hashOfClose = (close: Omit<DayClose, 'hash'>): Hash =>
  Hash.parse(createHash('sha256').update(toCanonicalJson(close)).digest('hex'));
