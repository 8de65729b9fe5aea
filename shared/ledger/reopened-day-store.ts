import * as z from 'zod';
import type { AreaId, Place } from '../kernel/ids.ts';
import { everything } from '../kernel/pages.ts';
import { addDays, Day, dayOf, type Instant } from '../kernel/time.ts';
import { partsOf } from '../kernel/voucher-number.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { queryPage, within } from '../platform/query-page.ts';
import type { Held } from './held.ts';
import { reopenedBy } from './reopened-days.ts';
import type { Voucher } from './voucher.ts';

/** A day that is to be closed again: `times` vouchers came in late, `follows` times something that it begins with, or what is named of it, changed. */
export const Reopened = z.object({ entry: z.string(), times: z.int().default(0), follows: z.int().default(0) });
export type Reopened = z.infer<typeof Reopened>;

/** Marks of a location; an area has its own. */
export const reopenedKey = (of: Place | AreaKey, day: Day) => ({ daybook: `${of}#reopened`, entry: day });
export type AreaKey = `area#${AreaId}`;

/** Days of a location or an area that are to be closed, or summed, again, the earliest first, as they surely stand. */
export const reopenedOf = (tables: Tables, of: Place | AreaKey): Promise<(Reopened & { readonly day: Day })[]> => {
  const daybook = `${of}#reopened`;
  const query = { ...within('daybook', daybook), ConsistentRead: true };
  return everything((after) =>
    queryPage(tables, 'Ledger', { fixed: { daybook }, moving: ['entry'], after }, query, (row) => {
      const mark = Reopened.parse(row);
      return { ...mark, day: Day.parse(mark.entry) };
    }),
  );
};

/** Counted, so that who closes the day takes out only the marks that were seen. */
export const reopen = (TableName: string, of: Place | AreaKey, day: Day, why: 'times' | 'follows' = 'times') => ({
  TableName,
  Key: reopenedKey(of, day),
  UpdateExpression: 'ADD #why :one',
  ExpressionAttributeNames: { '#why': why },
  ExpressionAttributeValues: { ':one': 1 },
});

/** The mark goes, if it is as it was seen, or was not there: a voucher that committed meanwhile stands in the way. */
export const closed = (TableName: string, of: Place | AreaKey, day: Day, seen: Reopened | undefined) => ({
  TableName,
  Key: reopenedKey(of, day),
  ...(seen
    ? {
        ConditionExpression: `${sameAs('times', seen.times)} AND ${sameAs('follows', seen.follows)}`,
        ExpressionAttributeNames: { '#times': 'times', '#follows': 'follows' },
        ExpressionAttributeValues: {
          ...(seen.times > 0 && { ':times': seen.times }),
          ...(seen.follows > 0 && { ':follows': seen.follows }),
        },
      }
    : { ConditionExpression: 'attribute_not_exists(daybook)' }),
});

const sameAs = (what: 'times' | 'follows', seen: number): string =>
  seen > 0 ? `#${what} = :${what}` : `attribute_not_exists(#${what})`;

/** What a voucher of a day that has ended adds to its own transaction; and `others`, if they have ended, whose closes hang on it. */
export const reopenings = (TableName: string, voucher: Said, now: Instant, others: readonly Day[] = []) => {
  const day = reopenedBy(voucher, now);
  const follow = others.filter((other) => other !== day && other < dayOf(now));
  return [
    ...(day === undefined ? [] : [{ Update: reopen(TableName, voucher.location, day) }]),
    ...follow.map((other) => ({ Update: reopen(TableName, voucher.location, other, 'follows') })),
  ];
};

const ASKED_FOR_DAYS = 60;

/** What is held is no longer missing, and moves nothing: only the day of its number is looked at again. */
export const reopeningsOfHeld = (TableName: string, { location, number, heldAt }: Held) => {
  const [{ day }, today] = [partsOf(number), dayOf(heldAt)];
  const isAskedFor = day < today && day >= addDays(today, -ASKED_FOR_DAYS);
  return isAskedFor ? [{ Update: reopen(TableName, location, day, 'follows') }] : [];
};

type Said = Pick<Voucher, 'number' | 'claim' | 'admission'> & { readonly location: Place };
