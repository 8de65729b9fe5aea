import * as z from 'zod';
import type { LocationId } from '../kernel/ids.ts';
import { addDays, Day, type Instant } from '../kernel/time.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import type { NamedNumbers } from './closed-terminals.ts';
import { type DayClose, type DayTotals, Hash, hashOfClose } from './day-close.ts';
import type { NewMakerDay } from './maker-day.ts';
import type { NewSellerDay } from './seller-day.ts';

/** `from`, `to`: first and last closed day. `unsealed`: may lack a seal. */
export const ChainHead = z.object({
  sequence: z.int().min(1),
  hash: Hash,
  from: Day,
  to: Day,
  unsealed: z.array(z.object({ sequence: z.int().min(1), hash: Hash })),
});
export type ChainHead = z.infer<typeof ChainHead>;

export type NextEdition = {
  readonly closing: DayTotals & Pick<DayClose, 'books'>;
  readonly closedAt: Instant;
  readonly affectsNextDay: boolean;
  readonly namedNumbers: readonly NamedNumbers[];
  readonly reopenedDays: readonly Day[];
  readonly mistakenSales: readonly MistakenSales[];
  /** Readers of the averages, if these changed. */
  readonly costReaders: readonly LocationDay[] | undefined;
  readonly elsewhere: readonly LocationDay[];
  readonly sellerDays: readonly NewSellerDay[];
  readonly makerDay: NewMakerDay | undefined;
};

export type MistakenSales = { readonly day: Day; readonly reversals: readonly VoucherNumber[] };

export type LocationDay = { readonly location: LocationId; readonly day: Day };

/** The next close of a day, and the head of the chain after it. */
export const nextLink = (
  { head, latest }: { readonly head: ChainHead | undefined; readonly latest: DayClose | undefined },
  { closing, closedAt }: Pick<NextEdition, 'closing' | 'closedAt'>,
): { readonly close: DayClose; readonly nextHead: ChainHead } => {
  const { day } = closing;
  const edition = (latest?.edition ?? 0) + 1;
  const sequence = (head?.sequence ?? 0) + 1;
  const unhashed = { ...closing, edition, sequence, closedAt, ...(head && { before: head.hash }) };
  const close = { ...unhashed, hash: hashOfClose(unhashed) };
  const nextHead = {
    sequence,
    hash: close.hash,
    unsealed: [{ sequence, hash: close.hash }],
    from: head && head.from < day ? head.from : day,
    to: head && head.to > day ? head.to : day,
  };
  return { close, nextHead };
};

export const isClosedDay = (day: Day, head: ChainHead | undefined): boolean =>
  head !== undefined && day >= head.from && day <= head.to;

/** The day after a changed day, if it is closed too. */
export const closedDayAfter = (day: Day, head: ChainHead | undefined): Day[] =>
  head && day < head.to ? [addDays(day, 1)] : [];

/** Other days that must close again, each once: a transaction may touch a row only once. */
export const otherDaysToReopen = (
  { location, day }: LocationDay,
  nextDays: readonly Day[],
  { reopenedDays, costReaders = [], elsewhere }: Pick<NextEdition, 'reopenedDays' | 'costReaders' | 'elsewhere'>,
): LocationDay[] => {
  const days = [...reopenedDays.map((other) => ({ location, day: other })), ...costReaders, ...elsewhere];
  const unique = new Map(days.map((one) => [`${one.location}#${one.day}`, one]));
  return [...unique.values()].filter((other) => other.location !== location || ![...nextDays, day].includes(other.day));
};
