import { createHash } from 'node:crypto';
import { toCanonicalJson } from '../kernel/canonical-json.ts';
import type { Voucher } from '../ledger/voucher.ts';
import { type DayClose, Hash } from './day-close.ts';

/** SHA-256 over one line of canonical JSON per voucher. */
export const hashOfBook = (book: readonly Voucher[]): Hash => {
  const hash = createHash('sha256');
  for (const voucher of book) hash.update(`${toCanonicalJson(voucher)}\n`);
  return Hash.parse(hash.digest('hex'));
};

/** SHA-256 over the canonical JSON without `hash`; covers `books` and `before`. */
export const hashOfClose = (close: Omit<DayClose, 'hash'>): Hash =>
  Hash.parse(createHash('sha256').update(toCanonicalJson(close)).digest('hex'));
