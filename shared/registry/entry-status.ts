import * as z from 'zod';
import { endOfDay } from '../kernel/device-clock.ts';
import { toCanonicalJson } from '../kernel/json.ts';
import type { FieldProblem } from '../kernel/problems.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { type Day, dayOf, type Instant, startOfDay } from '../kernel/time.ts';
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

const OPEN = 'open';

/** `open` from `statusFrom`, or always; `ended` is the word for the end of this kind of entry. */
export const statusFields = <Ended extends 'closed' | 'discontinued' | 'left'>(ended: Ended) => {
  const Status = z.enum([OPEN, ended]);
  return {
    status: Status.optional().describe(`Whether it takes part: ${OPEN} (the default) or ${ended}.`),
    statusFrom: EffectiveFrom.optional().describe(
      'When the status begins, a time or an IST day; else now. See putEntry.',
    ),
    earlierStatuses: earlierByTime(
      z.strictObject({ from: EffectiveFrom.optional().describe('When it began.'), status: Status }),
    ).describe('Earlier statuses, oldest first. Leave it out: the registry keeps it.'),
  };
};

export type StatusFields = {
  readonly status?: string | undefined;
  readonly statusFrom?: EffectiveFrom | undefined;
  readonly earlierStatuses?:
    | readonly { readonly from?: EffectiveFrom | undefined; readonly status: string }[]
    | undefined;
};

type StatusHistory = DatedField<string, Instant>;

const historyOf = ({ status = OPEN, statusFrom, earlierStatuses = [] }: StatusFields): StatusHistory => ({
  value: status,
  from: statusFrom && effectiveStartOf(statusFrom),
  earlier: earlierStatuses.map(({ from, status: value }) => ({ ...(from && { from: effectiveStartOf(from) }), value })),
});

/** Before its first known time, an open entry has not begun, and an ended one has not ended. */
const startOf = (history: StatusHistory): StatusHistory => {
  const [first = history] = history.earlier;
  if (first.from === undefined) return history;
  const before = first.value === OPEN ? 'not open yet' : OPEN;
  return { ...history, earlier: [{ value: before }, ...history.earlier] };
};

export const isOpenAt = (entry: object, at: Instant): boolean => valueOn(startOf(historyOf(entry)), at) === OPEN;

/** True if the entry takes part until the end of that IST day. */
export const isOpenOn = (entry: object, day: Day): boolean => isOpenAt(entry, endOfDay(day));

/** When an entry ends, or ended; `undefined` while no end is known. */
export const endOf = (entry: StatusFields): EffectiveFrom | undefined =>
  entry.status === undefined || entry.status === OPEN ? undefined : entry.statusFrom;

/** The part of an entry in a voucher or a request. */
export type EntryRole = 'location' | 'to' | 'items' | 'producer' | 'seller';

/** An entry that does not take part on a day, and why. */
export type EndedEntry = { readonly role: EntryRole; readonly problem: string };

type EntriesByRole = Readonly<Partial<Record<EntryRole, readonly (readonly [id: string, entry: object])[]>>>;

/** `at`: when the voucher or request happened. */
export const endedEntries = (at: Instant, entries: EntriesByRole): EndedEntry[] =>
  Object.entries(entries).flatMap(([role, known]) =>
    known
      .filter(([, entry]) => !isOpenAt(entry, at))
      .map(([id, entry]) => ({ role: role as EntryRole, problem: `${id} is ${statusText(entry, at)}` })),
  );

const statusText = (entry: object, at: Instant): string => {
  const { value, from, earlier } = startOf(historyOf(entry));
  const all = [...earlier, { value, from }];
  const current = all.findLast((one) => one.from === undefined || one.from <= at);
  return current?.from ? `${current.value} from ${EffectiveFrom.parse(current.from)}` : (current?.value ?? value);
};

export const refuseEndedEntries = (ended: readonly EndedEntry[]): Refusal | undefined => {
  const fields: FieldProblem[] = ended.map(({ role, problem }) => ({ path: role, problem }));
  const [first] = fields;
  return first && refuse('ENTRY_CLOSED', `${first.problem}.`, { fields });
};

/** The edited entry with its earlier statuses. */
export const withStatusHistory = <Entry extends StatusFields>(
  entry: Entry,
  stored: StatusFields,
  now: Instant,
): Entry => {
  const edited = { ...historyOf(entry), isHistory: entry.earlierStatuses !== undefined };
  const started = isEndFromToday(edited, now) ? { ...edited, from: now } : edited;
  const { value, from, earlier } = changeField(
    isSameStatus(edited, historyOf(stored)) ? edited : started,
    historyOf(stored),
    now,
    (one, other) => one === other,
  );
  const { status: _status, statusFrom: _from, earlierStatuses: _earlier, ...rest } = entry;
  const status: StatusFields = {
    ...((value !== OPEN || from !== undefined || earlier.length > 0) && { status: value }),
    ...(from && { statusFrom: EffectiveFrom.parse(from) }),
    ...(earlier.length > 0 && {
      earlierStatuses: earlier.map(({ from: since, value: was }) => ({
        status: was,
        ...(since && { from: EffectiveFrom.parse(since) }),
      })),
    }),
  };
  return { ...rest, ...status } as Entry;
};

const isEndFromToday = ({ value, from }: StatusHistory, now: Instant): boolean =>
  value !== OPEN && from === startOfDay(dayOf(now));

const isSameStatus = (one: StatusHistory, other: StatusHistory): boolean =>
  one.value === other.value && (one.from === undefined || one.from === other.from);

/** Another status with the time of the stored one, which may be sent back as read. */
export const statusStartProblems = (entry: StatusFields, stored: StatusFields, now: Instant): FieldProblem[] =>
  isStartUnclear(
    { ...historyOf(entry), isHistory: entry.earlierStatuses !== undefined },
    historyOf(stored),
    now,
    (one, other) => one === other,
  )
    ? [unclearTime('statusFrom', entry.statusFrom)]
    : [];

const earlierStatusesOf = ({ earlierStatuses = [] }: StatusFields) => earlierStatuses;

/** An end before today would hold what was sold since. */
export const backdatedEndProblems = (entry: object, stored: object | undefined, now: Instant): FieldProblem[] => {
  const { value, from } = historyOf(entry);
  const { earlierStatuses }: StatusFields = entry;
  const isBefore = value !== OPEN && from !== undefined && from < startOfDay(dayOf(now));
  if (!isBefore || !stored || isSameStatus({ value, from, earlier: [] }, historyOf(stored))) return [];
  const isCorrected =
    earlierStatuses !== undefined && toCanonicalJson(earlierStatuses) !== toCanonicalJson(earlierStatusesOf(stored));
  if (isCorrected) return [];
  const problem = `${EffectiveFrom.parse(from)} is before today, ${dayOf(now)}: leave it out to end now, or correct earlierStatuses in the same request`;
  return [{ path: 'statusFrom', problem }];
};
