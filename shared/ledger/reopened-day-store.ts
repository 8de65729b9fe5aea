import * as z from 'zod';
import type { AreaId, LocationId } from '../kernel/ids.ts';
import { allPages } from '../kernel/pages.ts';
import { addDays, Day, dayOf, type Instant } from '../kernel/time.ts';
import { partsOf, sequenceOf, timeOfSequence } from '../kernel/voucher-number.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { partitionEquals, queryPage } from '../platform/query-page.ts';
import type { HeldVoucher } from './held.ts';
import type { Voucher } from './voucher.ts';

/** `times`: late vouchers. `follows`: changes of the previous close or of its missing numbers. */
export const ReopenedDay = z.object({ entry: z.string(), times: z.int().default(0), follows: z.int().default(0) });
export type ReopenedDay = z.infer<typeof ReopenedDay>;

const reopenedDayKey = (of: LocationId | AreaKey, day: Day) => ({ daybook: `${of}#reopened`, entry: day });
export type AreaKey = `area#${AreaId}`;

/** Earliest first, strongly consistent. */
export const reopenedDaysOf = (
  tables: Tables,
  of: LocationId | AreaKey,
): Promise<(ReopenedDay & { readonly day: Day })[]> => {
  const daybook = `${of}#reopened`;
  const query = { ...partitionEquals('daybook', daybook), ConsistentRead: true };
  return allPages((after) =>
    queryPage(tables, 'Ledger', { fixedKeys: { daybook }, positionKeys: ['entry'], after }, query, (row) => {
      const mark = ReopenedDay.parse(row);
      return { ...mark, day: Day.parse(mark.entry) };
    }),
  );
};

/** A counter, so that a close removes only marks that it read. */
export const reopenDayUpdate = (
  TableName: string,
  of: LocationId | AreaKey,
  day: Day,
  why: 'times' | 'follows' = 'times',
) => ({
  TableName,
  Key: reopenedDayKey(of, day),
  UpdateExpression: 'ADD #why :one',
  ExpressionAttributeNames: { '#why': why },
  ExpressionAttributeValues: { ':one': 1 },
});

/** Fails if a voucher committed meanwhile. */
export const reopenedDayDelete = (
  TableName: string,
  of: LocationId | AreaKey,
  day: Day,
  seen: ReopenedDay | undefined,
) => ({
  TableName,
  Key: reopenedDayKey(of, day),
  ...(seen
    ? {
        ConditionExpression: `${countCondition('times', seen.times)} AND ${countCondition('follows', seen.follows)}`,
        ExpressionAttributeNames: { '#times': 'times', '#follows': 'follows' },
        ExpressionAttributeValues: {
          ...(seen.times > 0 && { ':times': seen.times }),
          ...(seen.follows > 0 && { ':follows': seen.follows }),
        },
      }
    : { ConditionExpression: 'attribute_not_exists(daybook)' }),
});

const countCondition = (what: 'times' | 'follows', seen: number): string =>
  seen > 0 ? `#${what} = :${what}` : `attribute_not_exists(#${what})`;

/** `others`: days whose closes depend on it. */
export const reopenActions = (TableName: string, voucher: LateVoucher, now: Instant, others: readonly Day[] = []) => {
  const day = reopenedDayOf(voucher, now);
  const follow = others.filter((other) => other !== day && other < dayOf(now));
  return [
    ...(day === undefined ? [] : [{ Update: reopenDayUpdate(TableName, voucher.location, day) }]),
    ...follow.map((other) => ({ Update: reopenDayUpdate(TableName, voucher.location, other, 'follows') })),
  ];
};

const MISSING_NUMBER_DAYS = 60;

/** A held voucher's number is no longer missing, so its day closes again. */
export const reopenActionsOfHeld = (TableName: string, { location, number, heldAt }: HeldVoucher) => {
  const [{ day }, today] = [partsOf(number), dayOf(heldAt)];
  const isAskedFor = day < today && day >= addDays(today, -MISSING_NUMBER_DAYS);
  return isAskedFor ? [{ Update: reopenDayUpdate(TableName, location, day, 'follows') }] : [];
};

type LateVoucher = Pick<Voucher, 'number' | 'claim' | 'admission'> & { readonly location: LocationId };

/** The earlier of the number's day and the corrected day. */
const reopenedDayOf = (
  { number, claim, admission }: Pick<Voucher, 'number' | 'claim' | 'admission'>,
  now: Instant,
): Day | undefined => {
  const happened = dayOf(timeOfSequence(sequenceOf({ number, claim, admission })));
  const { day } = partsOf(number);
  const earlier = happened < day ? happened : day;
  return earlier < dayOf(now) ? earlier : undefined;
};
