import { evaluateVouchers, type VoucherAlertDeps } from '../../shared/alerts/voucher-alert-service.ts';
import { closingOf, hasSameAverages, leavesTheSame, leftOf, saysTheSame } from '../../shared/day-close/close-day.ts';
import { hashOfBook } from '../../shared/day-close/close-hash.ts';
import type { CloseStore, Seen as SeenClose } from '../../shared/day-close/close-store.ts';
import type { Close } from '../../shared/day-close/day-close.ts';
import { closedBefore } from '../../shared/day-close/shifts.ts';
import { type Named, namesIn, type Said } from '../../shared/day-close/terminals.ts';
import type { Place } from '../../shared/kernel/ids.ts';
import { everything } from '../../shared/kernel/pages.ts';
import { addDays, type Clock, type Day } from '../../shared/kernel/time.ts';
import { partsOf } from '../../shared/kernel/voucher-number.ts';
import type { HeldStore } from '../../shared/ledger/held-store.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import { STALE } from '../../shared/platform/retry.ts';
import { districtOn } from '../../shared/registry/district-history.ts';
import {
  type ClosesOfEarlyReceiptsDeps,
  closesOfEarlyReceipts,
  type GoodsOriginsDeps,
  goodsOrigins,
} from './goods-origins.ts';
import { type LateTaxDeps, lateTax } from './late-tax.ts';
import { type LaterMistakesDeps, laterMistakes, newMistakes } from './later-mistakes.ts';
import { type ResolveUnprovenAlertsDeps, sayProven } from './resolve-unproven-alerts.ts';

type One = {
  readonly location: Place;
  readonly place: Parameters<typeof districtOn>[0];
  readonly day: Day;
  readonly seen: Pick<SeenClose, 'head' | 'mark'>;
};

export type CloseLocationDeps = {
  readonly clock: Clock;
  readonly closes: CloseStore;
  readonly held: HeldStore;
  readonly ledger: LedgerStore;
} & ClosesOfEarlyReceiptsDeps &
  GoodsOriginsDeps &
  LateTaxDeps &
  LaterMistakesDeps &
  ResolveUnprovenAlertsDeps &
  VoucherAlertDeps;

/** Reckons one day, and appends it if it is not what was closed before. The marks were read before all this: what commits from then on shows in them. */
export const closeOne = async ({ location, place, day, seen }: One, deps: CloseLocationDeps) => {
  const { closes, ledger, held, clock } = deps;
  const [before, after] = [addDays(day, -1), addDays(day, 1)];
  const bookOf = (of: Day) => everything((position) => ledger.day(location, of, position));
  const [latest, dayBefore] = [await closes.latest(location, day), await closes.latest(location, before)];
  const books = [await bookOf(before), await bookOf(day), await bookOf(after)] as const;
  const kept = await everything((position) => held.ofLocation(location, position));
  const named = await closes.named(location, day);
  const heldHere = kept.filter(({ number }) => partsOf(number).day === day).map(ofItsPhone);
  const late = await lateTax(location, books[1], deps);
  const opening = dayBefore?.items.map(leftOf) ?? [];
  const tills = dayBefore?.tills ?? [];
  const earlier = (closedBefore(books[1], day) && (await closes.latest(location, addDays(day, -2)))?.tills) || [];
  const reversals = latest ? await laterMistakes(location, day, deps) : [];
  const around = books.flat();
  const { origins, originals } = await goodsOrigins({ location, day }, around, deps);
  const from = { opening, tills, earlier, reversals: [...reversals, ...originals], origins };
  // A day stays with the district of its first edition, so that no sum counts it twice or not at all.
  const district = latest?.district ?? districtOn(place, day);
  const reckoned = closingOf({ location, district, day, ...from, books, held: heldHere, named, late });
  const closing = { ...reckoned, books: hashOfBook(books[1]) };

  const read = { ...seen, latest };
  if (saysTheSame(closing, latest)) return (await closes.leave(location, day, read)) === STALE ? STALE : 'left';
  const names = namesIn([...books[1], ...heldHere]).filter((one) => one.day !== day);
  const leads = (seen.mark?.times ?? 0) > 0 || !leavesTheSame(closing, latest);
  const costReaders = hasSameAverages(closing, latest) ? undefined : await closes.costReaders(location, day);
  const elsewhere = await closesOfEarlyReceipts(books[1], deps);
  const mistakes = await newMistakes(location, day, books[1], deps);
  const ofMistakes = mistakes.map((one) => one.day).filter((of) => isClosed(of, read));
  const reopens = [...(await reopenedFor(names, { location, dayBefore, read }, deps)), ...ofMistakes];
  // Before the close, so that whoever dies in between is gone on from.
  await evaluateVouchers(books[1], deps);
  const next = { closing, closedAt: clock.now(), leads, names, reopens, mistakes, costReaders, elsewhere };
  const made = await closes.append(read, next);
  if (made === STALE) return STALE;
  if (latest) await sayProven(latest, deps);
  return 'closed';
};

/** What is held came. What it says of a stall's terminals that somebody else has, and was not admitted, is no proof of anything. */
const ofItsPhone = ({ number, claim }: Said): Said => ({
  number,
  claim: claim.kind === 'H' && 'terminals' in claim ? { ...claim, terminals: [] } : claim,
});

const isClosed = (day: Day, { head }: SeenClose): boolean => head !== undefined && day >= head.from && day <= head.to;

type Known = {
  readonly location: Place;
  readonly dayBefore: Close | undefined;
  readonly read: SeenClose;
};

/** Days whose closes do not know yet what is now said of their terminals: that a number is missing, or that nothing came after the last. */
const reopenedFor = async (
  names: readonly Named[],
  { location, dayBefore, read }: Known,
  { closes }: CloseLocationDeps,
) => {
  const days: Day[] = [];
  for (const { day, terminal, numbers } of names) {
    if (!isClosed(day, read)) continue;
    const close = day === dayBefore?.day ? dayBefore : await closes.latest(location, day);
    const known = close?.terminals.find((one) => one.terminal === terminal);
    const tellsNothing =
      known?.state === 'proven'
        ? numbers.every((number) => number === known.last)
        : numbers.every((number) => known?.missing.includes(number));
    if (!tellsNothing) days.push(day);
  }
  return days;
};
