import type { ChainLink, Hash } from '../day-close/day-close.ts';
import type { Day } from '../kernel/time.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import type { Drift } from './drift.ts';

/** A location's chain of closes and what it was made of, as far as it was read. */
export type ChainReading = {
  /** All of them, or those of the days that were read. */
  readonly links: readonly ChainLink[];
  readonly isWhole: boolean;
  readonly unreadable: readonly Day[];
  readonly head: { readonly sequence: number; readonly hash: Hash } | undefined;
  /** Closes so new that they may not be sealed yet. */
  readonly unsealed: ReadonlySet<number>;
  readonly seals: ReadonlyMap<number, Hash>;
  /** The hash of each day's vouchers as they stand; those of a day that is marked are on their way into its next close. */
  readonly books: ReadonlyMap<Day, Hash>;
  readonly reopened: ReadonlySet<Day>;
  /** Vouchers that were tampered with, or that others name and that are gone. */
  readonly suspects: (day: Day) => VoucherNumber[];
};

/** Closes that are not what was sealed, do not follow one another, or are gone; and days whose vouchers are not those that were closed. */
export const reconcileChain = (reading: ChainReading): Drift[] => [
  ...reading.unreadable.map((day): Drift => ({ kind: 'close', what: 'unreadable', day, sequence: 0, vouchers: [] })),
  ...reading.links.flatMap((link) => reconcileLink(link, reading)),
  ...missingLinks(reading),
  ...reconcileLedger(reading),
];

const reconcileLink = (link: ChainLink, { links, head, seals, unsealed }: ChainReading): Drift[] => {
  const { day, sequence, before, hash, rehashed } = link;
  const one = links.find((other) => other.sequence === sequence - 1);
  const sealed = seals.get(sequence);
  // What is as it was sealed is blameless, also where it follows what is not.
  const isOther = sealed === undefined ? one !== undefined && one.hash !== before : sealed !== hash;
  const isChanged = rehashed !== hash || isOther || (sequence === head?.sequence && head.hash !== hash);
  const found = (what: 'changed' | 'not sealed'): Drift[] => [{ kind: 'close', what, day, sequence, vouchers: [] }];
  if (isChanged) return found('changed');
  return sealed === undefined && !unsealed.has(sequence) ? found('not sealed') : [];
};

/** Of a whole chain, places in it at which nothing stands. A close that is sealed, and beyond its end, shows that the end was cut off. */
const missingLinks = ({ links, isWhole, head, seals }: ChainReading): Drift[] => {
  const there = new Set(links.map(({ sequence }) => sequence));
  const end = Math.max(head?.sequence ?? 0, ...seals.keys(), ...there);
  const wanted = isWhole ? Array.from({ length: end }, (_, at) => at + 1) : [];
  return wanted
    .filter((sequence) => !there.has(sequence))
    .map((sequence) => ({ kind: 'close', what: 'gone', day: null, sequence, vouchers: [] }));
};

const reconcileLedger = ({ links, books, reopened, suspects }: ChainReading): Drift[] => {
  const latest = new Map<Day, ChainLink>();
  for (const link of links) if (link.edition > (latest.get(link.day)?.edition ?? 0)) latest.set(link.day, link);
  return [...latest.values()].flatMap(({ day, sequence, books: closed }): Drift[] => {
    const stands = books.get(day);
    if (stands === undefined || stands === closed || reopened.has(day)) return [];
    return [{ kind: 'books', day, sequence, vouchers: suspects(day) }];
  });
};
