import { evaluateVouchers, type VoucherAlertDeps } from '../../shared/alerts/voucher-alert-service.ts';
import { hashOfBook } from '../../shared/day-close/close-hash.ts';
import type { CloseStore, DayCloseState as SeenClose } from '../../shared/day-close/close-store.ts';
import { type NamedNumbers, type NumberedClaim, namedNumbersIn } from '../../shared/day-close/closed-terminals.ts';
import type { DayClose } from '../../shared/day-close/day-close.ts';
import {
  dayTotalsOf,
  hasSameAverages,
  hasSameClosingBalance,
  hasSameTotals,
  openingBalanceOf,
} from '../../shared/day-close/day-totals.ts';
import { hasShiftClosedBefore } from '../../shared/day-close/shifts.ts';
import type { LocationId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { addDays, type Clock, type Day } from '../../shared/kernel/time.ts';
import { partsOf } from '../../shared/kernel/voucher-number.ts';
import type { HeldStore } from '../../shared/ledger/held-store.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import { CONFLICT } from '../../shared/platform/retry.ts';
import { districtOn } from '../../shared/registry/district-history.ts';
import {
  type ClosesOfEarlyReceiptsDeps,
  closesOfEarlyReceipts,
  type GoodsOriginsDeps,
  goodsOrigins,
} from './goods-origins.ts';
import { type LateTaxDeps, readLateTax } from './late-tax.ts';
import { findNewMistakes, type LaterMistakesDeps, readLaterMistakes } from './later-mistakes.ts';
import { type ResolveUnprovenAlertsDeps, resolveUnprovenAlerts } from './resolve-unproven-alerts.ts';

type DayToClose = {
  readonly location: LocationId;
  readonly locationEntry: Parameters<typeof districtOn>[0];
  readonly day: Day;
  readonly state: Pick<SeenClose, 'head' | 'mark'>;
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
export const closeLocationDay = async (
  { location, locationEntry, day, state }: DayToClose,
  deps: CloseLocationDeps,
) => {
  const { closes, ledger, held, clock } = deps;
  const [before, after] = [addDays(day, -1), addDays(day, 1)];
  const bookOf = (of: Day) => allPages((position) => ledger.day(location, of, position));
  const [latest, dayBefore] = [await closes.latest(location, day), await closes.latest(location, before)];
  const books = [await bookOf(before), await bookOf(day), await bookOf(after)] as const;
  const kept = await allPages((position) => held.ofLocation(location, position));
  const named = await closes.named(location, day);
  const heldHere = kept.filter(({ number }) => partsOf(number).day === day).map(withoutTerminals);
  const late = await readLateTax(location, books[1], deps);
  const opening = dayBefore?.items.map(openingBalanceOf) ?? [];
  const tills = dayBefore?.tills ?? [];
  const earlier =
    (hasShiftClosedBefore(books[1], day) && (await closes.latest(location, addDays(day, -2)))?.tills) || [];
  const reversals = latest ? await readLaterMistakes(location, day, deps) : [];
  const around = books.flat();
  const { origins, originals } = await goodsOrigins({ location, day }, around, deps);
  const from = { opening, tills, earlier, reversals: [...reversals, ...originals], origins };
  // A day stays with the district of its first edition, so that no sum counts it twice or not at all.
  const district = latest?.district ?? districtOn(locationEntry, day);
  const reckoned = dayTotalsOf({
    location,
    district,
    day,
    ...from,
    books,
    held: heldHere,
    namedNumbers: named,
    lateTax: late,
  });
  const closing = { ...reckoned, books: hashOfBook(books[1]) };

  const read = { ...state, latest };
  if (hasSameTotals(closing, latest)) return (await closes.leave(location, day, read)) === CONFLICT ? CONFLICT : 'left';
  const names = namedNumbersIn([...books[1], ...heldHere]).filter((one) => one.day !== day);
  const affectsNextDay = (state.mark?.times ?? 0) > 0 || !hasSameClosingBalance(closing, latest);
  const costReaders = hasSameAverages(closing, latest) ? undefined : await closes.costReaders(location, day);
  const elsewhere = await closesOfEarlyReceipts(books[1], deps);
  const mistakenSales = await findNewMistakes(location, day, books[1], deps);
  const ofMistakes = mistakenSales.map((one) => one.day).filter((of) => isClosedDay(of, read));
  const reopenedDays = [...(await findDaysToReopen(names, { location, dayBefore, read }, deps)), ...ofMistakes];
  // Before the close, so that whoever dies in between is gone on from.
  await evaluateVouchers(books[1], deps);
  const next = {
    closing,
    closedAt: clock.now(),
    affectsNextDay,
    namedNumbers: names,
    reopenedDays,
    mistakenSales,
    costReaders,
    elsewhere,
  };
  const made = await closes.append(read, next);
  if (made === CONFLICT) return CONFLICT;
  if (latest) await resolveUnprovenAlerts(latest, deps);
  return 'closed';
};

/** What is held came. What it says of a stall's terminals that somebody else has, and was not admitted, is no proof of anything. */
const withoutTerminals = ({ number, claim }: NumberedClaim): NumberedClaim => ({
  number,
  claim: claim.kind === 'H' && 'terminals' in claim ? { ...claim, terminals: [] } : claim,
});

const isClosedDay = (day: Day, { head }: SeenClose): boolean =>
  head !== undefined && day >= head.from && day <= head.to;

type ReopenContext = {
  readonly location: LocationId;
  readonly dayBefore: DayClose | undefined;
  readonly read: SeenClose;
};

/** Days whose closes do not know yet what is now said of their terminals: that a number is missing, or that nothing came after the last. */
const findDaysToReopen = async (
  names: readonly NamedNumbers[],
  { location, dayBefore, read }: ReopenContext,
  { closes }: CloseLocationDeps,
) => {
  const days: Day[] = [];
  for (const { day, terminal, numbers } of names) {
    if (!isClosedDay(day, read)) continue;
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
