import * as z from 'zod';
import { SellerId } from '../kernel/ids.ts';
import { toCanonicalJson } from '../kernel/json.ts';
import type { FieldProblem } from '../kernel/problems.ts';
import { dayOf, type Instant, startOfDay } from '../kernel/time.ts';
import {
  changeField,
  type DatedField,
  EffectiveFrom,
  earlierByTime,
  effectiveStartOf,
  isStartUnclear,
  unclearTime,
  valueOn,
} from './dated-field.ts';
import type { EndedEntry } from './entry-status.ts';

const sellers = z.array(SellerId).min(1, 'at least one seller is needed').max(10);

/** The sellers of a location: from `sellersFrom`, or always. */
export const sellersFields = {
  sellers,
  sellersFrom: EffectiveFrom.optional().describe('When these sellers begin, a time or an IST day; else now.'),
  earlierSellers: earlierByTime(
    z.strictObject({ from: EffectiveFrom.optional().describe('When they began.'), sellers }),
  ).describe('Earlier lists of sellers, oldest first. Leave it out: the registry keeps it.'),
};

export type SellersFields = {
  readonly sellers: readonly SellerId[];
  readonly sellersFrom?: EffectiveFrom | undefined;
  readonly earlierSellers?:
    | readonly { readonly from?: EffectiveFrom | undefined; readonly sellers: readonly SellerId[] }[]
    | undefined;
};

type SellersHistory = DatedField<readonly SellerId[], Instant>;

const historyOf = ({ sellers: value, sellersFrom, earlierSellers = [] }: SellersFields): SellersHistory => ({
  value,
  from: sellersFrom && effectiveStartOf(sellersFrom),
  earlier: earlierSellers.map(({ from, sellers: earlier }) => ({
    ...(from && { from: effectiveStartOf(from) }),
    value: earlier,
  })),
});

export const hasSellers = (entry: object): entry is SellersFields => 'sellers' in entry;

/** The sellers of a location at an instant. */
export const sellersAt = (entry: SellersFields, at: Instant): readonly SellerId[] => valueOn(historyOf(entry), at);

/**
 * When a seller ended at a location, if it had by then; `always` if it is on no list. Before its
 * first list a seller has not ended: enrolment guards the beginning.
 */
export const sellerEndAt = (
  entry: SellersFields,
  seller: SellerId,
  at: Instant,
): EffectiveFrom | 'always' | undefined => {
  const { value, from, earlier } = historyOf(entry);
  const lists = [...earlier, { from, value }];
  const started = lists.filter((list, index) => index === 0 || list.from === undefined || list.from <= at);
  if (started.at(-1)?.value.includes(seller)) return undefined;
  const last = started.findLastIndex((list) => list.value.includes(seller));
  const end = last < 0 ? undefined : started[last + 1]?.from;
  if (end) return EffectiveFrom.parse(end);
  return lists.some((list) => list.value.includes(seller)) ? undefined : 'always';
};

/** The sellers that have not ended. Includes those that have not begun. */
export const openSellersAt = (entry: SellersFields, at: Instant): SellerId[] => {
  const all = [...(entry.earlierSellers ?? []), entry].flatMap((list) => list.sellers);
  return [...new Set(all)].filter((seller) => sellerEndAt(entry, seller, at) === undefined);
};

/** The voucher's seller, if it had ended at `location` before `at`. */
export const endedSellers = (location: string, entry: object, seller: SellerId, at: Instant): EndedEntry[] => {
  const end = hasSellers(entry) ? sellerEndAt(entry, seller, at) : undefined;
  if (end === undefined) return [];
  const problem =
    end === 'always' ? `${seller} is no seller at ${location}` : `${seller} sold at ${location} until ${end}`;
  return [{ role: 'seller', problem }];
};

const isSameList = (one: readonly SellerId[], other: readonly SellerId[]): boolean =>
  toCanonicalJson(one) === toCanonicalJson(other);

const editedOf = (entry: SellersFields) => ({ ...historyOf(entry), isHistory: entry.earlierSellers !== undefined });

const removesOne = (edited: SellersFields, stored: SellersFields): boolean =>
  stored.sellers.some((seller) => !edited.sellers.includes(seller));

/** The edited location with its earlier lists. A removal from today applies from now. */
export const withSellersHistory = <Entry extends SellersFields>(
  entry: Entry,
  stored: SellersFields,
  now: Instant,
): Entry => {
  const edited = editedOf(entry);
  const isFromToday = edited.from === startOfDay(dayOf(now)) && edited.from !== historyOf(stored).from;
  const started = isFromToday && removesOne(entry, stored) ? { ...edited, from: now } : edited;
  const { value, from, earlier } = changeField(started, historyOf(stored), now, isSameList);
  const { sellers: _sellers, sellersFrom: _from, earlierSellers: _earlier, ...rest } = entry;
  const fields: SellersFields = {
    sellers: [...value],
    ...(from && { sellersFrom: EffectiveFrom.parse(from) }),
    ...(earlier.length > 0 && {
      earlierSellers: earlier.map(({ from: since, value: were }) => ({
        sellers: [...were],
        ...(since && { from: EffectiveFrom.parse(since) }),
      })),
    }),
  };
  return { ...rest, ...fields } as Entry;
};

export const sellersStartProblems = (entry: SellersFields, stored: SellersFields, now: Instant): FieldProblem[] =>
  isStartUnclear(editedOf(entry), historyOf(stored), now, isSameList)
    ? [unclearTime('sellersFrom', entry.sellersFrom)]
    : [];

/** A removal before today would hold the sales since then. */
export const backdatedRemovalProblems = (entry: SellersFields, stored: SellersFields, now: Instant): FieldProblem[] => {
  const { from } = historyOf(entry);
  const isBefore = from !== undefined && from < startOfDay(dayOf(now)) && entry.sellersFrom !== stored.sellersFrom;
  if (!isBefore || !removesOne(entry, stored)) return [];
  const { earlierSellers } = entry;
  const isCorrected =
    earlierSellers !== undefined && toCanonicalJson(earlierSellers) !== toCanonicalJson(stored.earlierSellers ?? []);
  if (isCorrected) return [];
  const problem = `${EffectiveFrom.parse(from)} is before today, ${dayOf(now)}: leave it out to end now, or correct earlierSellers in the same request`;
  return [{ path: 'sellersFrom', problem }];
};
