import type { StockLocationId } from '../../kernel/ids.ts';
import { sumOf } from '../../kernel/quantity.ts';
import { negate, subtract } from '../../kernel/sum.ts';
import { type Instant, millisecondsOf } from '../../kernel/time.ts';
import { sequenceOf, timeOfSequence, VoucherNumber } from '../../kernel/voucher-number.ts';
import { type PendingReturns, returnMismatchOf, UnmatchedReturnEvidence } from '../../ledger/pending-returns.ts';
import { exceptionSource, formatDay, formatDayHi, formatRupees, type StateOf, usualSeverity } from '../alert-source.ts';

/** Days to wait for the sale of a return. */
const MAX_PENDING_DAYS = 7;
const MILLISECONDS_PER_DAY = 24 * 3_600_000;
const MAX_NUMBERS = 20;

/** A matching sale or an officer's settlement resolves it. */
export const unmatched = exceptionSource({
  type: 'unmatched',
  about: VoucherNumber,
  evidence: UnmatchedReturnEvidence,
  severity: usualSeverity('district'),
  smsText: { en: 'return without its sale', hi: 'वापसी का मेल नहीं' },
  render: ({ about, figures: { many, since, misfit } }) => {
    if (!misfit)
      return {
        en: `What came back${since ? ` on ${formatDay(since)}` : ''} is of sale ${about}, which has not come: let its phone send it, or find out what was sold.`,
        hi: `${since ? `${formatDayHi(since)} को ` : ''}जो माल लौटा वह बिक्री ${about} का है, जो दर्ज नहीं है: फ़ोन से भिजवाएँ या पता करें क्या बिका था।`,
      };
    const more = sumOf(misfit.exceeded.map(({ back, sold }) => back - sold));
    const paise = subtract(misfit.given, misfit.due);
    const money = formatRupees(paise < 0 ? negate(paise) : paise);
    const parts = [
      ...(more > 0 ? [{ en: `${more} more than it sold`, hi: `बिके से ${more} ज़्यादा` }] : []),
      ...(paise > 0 ? [{ en: `${money} more than is due`, hi: `देय से ${money} ज़्यादा` }] : []),
      ...(paise < 0 ? [{ en: `${money} less than is due`, hi: `देय से ${money} कम` }] : []),
    ];
    return {
      en: `${many === 1 ? 'A return' : `${many} returns`} of sale ${about} came before it and took back ${parts.map(({ en }) => en).join(', ')}: find out why, count the shelf and the till.`,
      hi: `बिक्री ${about} से पहले दर्ज ${many} वापसी में ${parts.map(({ hi }) => hi).join(', ')} लौटा: कारण पता करें, माल और नकद गिनें।`,
    };
  },
});

/** A sale adds 1. Sales are never removed, so the version only rises. */
const pendingReturnVersionOf = ({ version, sale }: PendingReturns): number => 2 * version + (sale ? 1 : 0);

export const unmatchedState = (
  location: StockLocationId,
  pending: PendingReturns,
  now: Instant,
): StateOf<typeof unmatched> => {
  const { of, sale, returns, settled } = pending;
  const misfit = returnMismatchOf(pending);
  const [since] = returns.map((one) => timeOfSequence(sequenceOf(one))).toSorted();
  const isLate =
    since !== undefined && millisecondsOf(now) - millisecondsOf(since) > MAX_PENDING_DAYS * MILLISECONDS_PER_DAY;
  const isSettled = settled !== undefined && (settled.sold || !sale);
  return {
    location,
    type: 'unmatched',
    about: of,
    sourceVersion: Math.max(1, pendingReturnVersionOf(pending)),
    figures: {
      returns: returns.map(({ number }) => number).slice(0, MAX_NUMBERS),
      many: returns.length,
      ...(since && { since }),
      sold: sale !== undefined,
      ...(misfit && { misfit }),
      ...(settled && { settled }),
    },
    isActive: !isSettled && (sale ? misfit !== undefined : isLate),
  };
};
