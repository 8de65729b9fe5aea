import type { ChainLink, Hash } from '../day-close/day-close.ts';
import type { Day } from '../kernel/time.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import type { Drift } from './drift.ts';

export type ChainReading = {
  /** Since the baseline unless `isWhole`. */
  readonly links: readonly ChainLink[];
  readonly isWhole: boolean;
  readonly unreadable: readonly Day[];
  readonly head: { readonly sequence: number; readonly hash: Hash } | undefined;
  /** New closes that may lack a seal. */
  readonly unsealed: ReadonlySet<number>;
  readonly seals: ReadonlyMap<number, Hash>;
  /** `reopened` days will be closed again. */
  readonly books: ReadonlyMap<Day, Hash>;
  readonly reopened: ReadonlySet<Day>;
  /** Faulty and missing vouchers. */
  readonly suspects: (day: Day) => VoucherNumber[];
};

export const reconcileChain = (reading: ChainReading): Drift[] => [
  ...reading.unreadable.map((day): Drift => ({ kind: 'close', what: 'unreadable', day, sequence: 0, vouchers: [] })),
  ...reading.links.flatMap((link) => reconcileLink(link, reading)),
  ...missingLinks(reading),
  ...reconcileLedger(reading),
];

const reconcileLink = (link: ChainLink, { links, head, seals, unsealed }: ChainReading): Drift[] => {
  const { day, sequence, before, hash, rehashed } = link;
  const predecessor = links.find((other) => other.sequence === sequence - 1);
  const sealed = seals.get(sequence);
  // A matching seal proves the close, even if its predecessor changed.
  const isOther = sealed === undefined ? predecessor !== undefined && predecessor.hash !== before : sealed !== hash;
  const isChanged = rehashed !== hash || isOther || (sequence === head?.sequence && head.hash !== hash);
  const drift = (what: 'changed' | 'not sealed'): Drift[] => [{ kind: 'close', what, day, sequence, vouchers: [] }];
  if (isChanged) return drift('changed');
  return sealed === undefined && !unsealed.has(sequence) ? drift('not sealed') : [];
};

/** A seal beyond the last close shows that the end was cut off. */
const missingLinks = ({ links, isWhole, head, seals }: ChainReading): Drift[] => {
  const present = new Set(links.map(({ sequence }) => sequence));
  const end = Math.max(head?.sequence ?? 0, ...seals.keys(), ...present);
  const expected = isWhole ? Array.from({ length: end }, (_, index) => index + 1) : [];
  return expected
    .filter((sequence) => !present.has(sequence))
    .map((sequence) => ({ kind: 'close', what: 'gone', day: null, sequence, vouchers: [] }));
};

const reconcileLedger = ({ links, books, reopened, suspects }: ChainReading): Drift[] => {
  const latest = new Map<Day, ChainLink>();
  for (const link of links) if (link.edition > (latest.get(link.day)?.edition ?? 0)) latest.set(link.day, link);
  return [...latest.values()].flatMap(({ day, sequence, books: closed }): Drift[] => {
    const current = books.get(day);
    if (current === undefined || current === closed || reopened.has(day)) return [];
    return [{ kind: 'books', day, sequence, vouchers: suspects(day) }];
  });
};
