import * as z from 'zod';
import type { FieldProblem } from '../kernel/problems.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { Day, dayOf, type Instant } from '../kernel/time.ts';
import {
  changeField,
  type DatedField,
  isInDateOrder,
  MAX_EARLIER_VALUES,
  NOT_IN_DATE_ORDER,
  valueOn,
} from './dated-field.ts';

const OPEN = 'open';

/** `open` from `statusFrom`, or always; `ended` is the word for the end of this kind of entry. */
export const statusFields = <Ended extends 'closed' | 'discontinued'>(ended: Ended) => {
  const Status = z.enum([OPEN, ended]);
  return {
    status: Status.optional().describe(`Whether it takes part: ${OPEN} (the default) or ${ended}.`),
    statusFrom: Day.optional().describe('First IST day of the status; without it, always.'),
    earlierStatuses: z
      .array(z.strictObject({ from: Day.optional(), status: Status }))
      .max(MAX_EARLIER_VALUES)
      .refine(isInDateOrder, NOT_IN_DATE_ORDER)
      .optional()
      .describe('Earlier statuses, oldest first. Leave it out: the registry keeps it.'),
  };
};

export type StatusFields = {
  readonly status?: string | undefined;
  readonly statusFrom?: Day | undefined;
  readonly earlierStatuses?: readonly { readonly from?: Day | undefined; readonly status: string }[] | undefined;
};

const historyOf = ({ status = OPEN, statusFrom, earlierStatuses = [] }: StatusFields): DatedField<string> => ({
  value: status,
  from: statusFrom,
  earlier: earlierStatuses.map(({ from, status: value }) => ({ ...(from && { from }), value })),
});

/** Before its first known day, an open entry has not begun, and an ended one has not ended. */
const startOf = (history: DatedField<string>): DatedField<string> => {
  const [first = history] = history.earlier;
  if (first.from === undefined) return history;
  const before = first.value === OPEN ? 'not open yet' : OPEN;
  return { ...history, earlier: [{ value: before }, ...history.earlier] };
};

/** True if the entry takes part on that IST day. */
export const isOpenOn = (entry: object, day: Day): boolean => valueOn(startOf(historyOf(entry)), day) === OPEN;

/** What an entry is to a voucher or a request. */
type EntryRole = 'location' | 'to' | 'items' | 'producer';

/** An entry that does not take part on a day, and why. */
export type EndedEntry = { readonly role: EntryRole; readonly problem: string };

type EntriesByRole = Readonly<Partial<Record<EntryRole, readonly (readonly [id: string, entry: object])[]>>>;

export const endedEntries = (day: Day, entries: EntriesByRole): EndedEntry[] =>
  Object.entries(entries).flatMap(([role, known]) =>
    known
      .filter(([, entry]) => !isOpenOn(entry, day))
      .map(([id, entry]) => ({ role: role as EntryRole, problem: `${id} is ${statusText(entry, day)}` })),
  );

const statusText = (entry: object, day: Day): string => {
  const { value, from, earlier } = startOf(historyOf(entry));
  const all = [...earlier, { value, from }];
  const current = all.findLast((one) => one.from === undefined || one.from <= day);
  return current?.from ? `${current.value} from ${current.from}` : (current?.value ?? value);
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
  const { value, from, earlier } = changeField(edited, historyOf(stored), dayOf(now), (one, other) => one === other);
  const { status: _status, statusFrom: _from, earlierStatuses: _earlier, ...rest } = entry;
  const status: StatusFields = {
    ...((value !== OPEN || from !== undefined || earlier.length > 0) && { status: value }),
    ...(from && { statusFrom: from }),
    ...(earlier.length > 0 && {
      earlierStatuses: earlier.map(({ from: since, value: was }) => ({ status: was, ...(since && { from: since }) })),
    }),
  };
  return { ...rest, ...status } as Entry;
};
