import * as z from 'zod';
import { partsOf, VoucherNumber } from '../kernel/voucher-number.ts';
import type { LateTax } from '../ledger/pending-returns.ts';
import { isCancelled, type Voucher } from '../ledger/voucher.ts';
import { isSale, isSaleReturn } from './bill.ts';
import { registrationKeyOf, type SupplyEntry } from './supply-entry.ts';

/** The numbers of one terminal and day: bills (S) or credit notes (V). */
export const DocumentSeries = z.strictObject({
  kind: z.enum(['S', 'V']),
  first: VoucherNumber,
  last: VoucherNumber,
  total: z.int().min(1),
  cancelled: z.int().min(0),
});
export type DocumentSeries = z.infer<typeof DocumentSeries>;

export const addSeries = (all: readonly { readonly series: readonly DocumentSeries[] }[]): DocumentSeries[] =>
  all.flatMap(({ series }) => series).toSorted(compareByFirst);

const compareByFirst = (one: DocumentSeries, other: DocumentSeries): number => (one.first < other.first ? -1 : 1);

export const isDocument = (voucher: Voucher): boolean => {
  const { kind } = partsOf(voucher.number);
  if (isCancelled(voucher.claim)) return kind === 'S' || kind === 'V';
  return isSale(voucher) || isSaleReturn(voucher);
};

/**
 * A cancelled number. Or a return that came before its sale and was reversed since: it has no tax,
 * so no table counts it. `lateTax` lists the returns before their sale that are not reversed.
 */
export const isVoidDocument = (voucher: Voucher, lateTax: LateTax): boolean =>
  isCancelled(voucher.claim) || (isSaleReturn(voucher) && 'waits' in voucher.outcome && !lateTax.has(voucher.number));

/** The key of documents without sealed facts. */
export const NO_REGISTRATION = '';

/**
 * A number without facts, as a cancelled one, is of the registration of the number before it, or
 * else after it, of its terminal, day and kind.
 */
export const documentsByRegistration = (
  vouchers: readonly Voucher[],
  known: readonly SupplyEntry[],
): Map<string, Voucher[]> => {
  const sealed = new Map(known.map(({ voucher, seller }) => [voucher.number, registrationKeyOf(seller)]));
  const registered = new Map<Voucher, string>();
  for (const run of Map.groupBy(vouchers.filter(isDocument), seriesKeyOf).values()) {
    const inOrder = run.toSorted((one, other) => (one.number < other.number ? -1 : 1));
    const first = inOrder.find(({ number }) => sealed.has(number));
    let registration = (first && sealed.get(first.number)) ?? NO_REGISTRATION;
    for (const voucher of inOrder) {
      registration = sealed.get(voucher.number) ?? registration;
      registered.set(voucher, registration);
    }
  }
  return Map.groupBy(registered.keys(), (voucher) => registered.get(voucher) ?? NO_REGISTRATION);
};

/** The first twelve characters: terminal, kind and day. */
const seriesKeyOf = ({ number }: Voucher): string => number.slice(0, 12);

export const seriesIn = (documents: readonly Voucher[], lateTax: LateTax): DocumentSeries[] =>
  [...Map.groupBy(documents, seriesKeyOf).values()]
    .flatMap((group) => {
      const numbers = group.map(({ number }) => number).toSorted();
      const first = numbers[0];
      const last = numbers.at(-1);
      if (!first || !last) return [];
      const cancelled = group.filter((voucher) => isVoidDocument(voucher, lateTax)).length;
      return [{ kind: partsOf(first).kind as DocumentSeries['kind'], first, last, total: group.length, cancelled }];
    })
    .toSorted(compareByFirst);
