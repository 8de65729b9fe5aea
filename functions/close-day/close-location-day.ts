import { countAlerts } from '../../shared/alerts/alert-evaluation-service.ts';
import type { EvaluateExceptionAlert } from '../../shared/alerts/exception-alert-service.ts';
import { TerminalDay } from '../../shared/alerts/sources/unproven.ts';
import { evaluateVouchers, type VoucherAlertDeps } from '../../shared/alerts/voucher-alert-service.ts';
import { isClosedDay } from '../../shared/day-close/close-chain.ts';
import type { CloseStore, DayCloseState } from '../../shared/day-close/close-store.ts';
import { type NamedNumbers, type NumberedClaim, namedNumbersIn } from '../../shared/day-close/closed-terminals.ts';
import { type DayClose, hashOfBook } from '../../shared/day-close/day-close.ts';
import {
  dayTotalsOf,
  hasSameAverages,
  hasSameClosingBalance,
  hasSameSupplies,
  hasSameTotals,
  openingBalanceOf,
} from '../../shared/day-close/day-totals.ts';
import { incompleteTerminalsOf } from '../../shared/day-close/missing-numbers.ts';
import { hasShiftClosedBefore } from '../../shared/day-close/shifts.ts';
import type { LocationId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { addDays, type Clock, type Day } from '../../shared/kernel/time.ts';
import { partsOf } from '../../shared/kernel/voucher-number.ts';
import type { HeldStore } from '../../shared/ledger/held-store.ts';
import { isHandOver } from '../../shared/ledger/kinds/hand-over.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import { type LateTaxDeps, readLateTax } from '../../shared/ledger/pending-return-service.ts';
import { CONFLICT } from '../../shared/platform/retry.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import { districtOn } from '../../shared/registry/dated-field.ts';
import {
  type ClosesOfEarlyReceiptsDeps,
  closesOfEarlyReceipts,
  type GoodsOriginsDeps,
  goodsOrigins,
} from './goods-origins.ts';
import { findNewMistakes, type LaterMistakesDeps, readLaterMistakes } from './later-mistakes.ts';
import { type MakerDayDeps, readMakerDay } from './maker-day.ts';
import { readSellerDays, type SellerDaysDeps } from './seller-days.ts';

type DayToClose = {
  readonly location: LocationId;
  readonly locationEntry: Parameters<typeof districtOn>[0];
  readonly day: Day;
  readonly state: Pick<DayCloseState, 'head' | 'mark'>;
};

export type CloseLocationDeps = {
  readonly clock: Clock;
  readonly closes: CloseStore;
  readonly held: HeldStore;
  readonly ledger: LedgerStore;
} & ClosesOfEarlyReceiptsDeps &
  SellerDaysDeps &
  MakerDayDeps &
  GoodsOriginsDeps &
  LateTaxDeps &
  LaterMistakesDeps &
  ResolveUnprovenAlertsDeps &
  VoucherAlertDeps;

/** Appends an edition if the day changed. Marks are read before, so a later commit conflicts. */
export const closeLocationDay = async (
  { location, locationEntry, day, state }: DayToClose,
  deps: CloseLocationDeps,
) => {
  const { closes, ledger, held, clock } = deps;
  const before = addDays(day, -1);
  const readBook = (date: Day) => allPages((position) => ledger.dayBook(location, date, position));
  const latest = await closes.latest(location, day);
  const dayBefore = await closes.latest(location, before);
  const bookBefore = await readBook(before);
  const book = await readBook(day);
  const dayBooks = [bookBefore, book, await readBook(addDays(day, 1))] as const;
  const heldVouchers = await allPages((position) => held.ofLocation(location, position));
  const namedNumbers = await closes.namedNumbers(location, day);
  const heldHere = heldVouchers.filter(({ number }) => partsOf(number).day === day).map(withoutTerminals);
  const lateTax = await readLateTax(location, book, deps);
  const opening = dayBefore?.items.map(openingBalanceOf) ?? [];
  const tills = dayBefore?.tills ?? [];
  const earlierTills =
    (hasShiftClosedBefore(book, day) && (await closes.latest(location, addDays(day, -2)))?.tills) || [];
  const reversals = latest ? await readLaterMistakes(location, day, deps) : [];
  const around = dayBooks.flat();
  const { origins, originals: originalVouchers } = await goodsOrigins({ location, day }, around, deps);
  // A day keeps its first district, so that no sum counts it twice.
  const district = latest?.district ?? districtOn(locationEntry, day);
  const totals = dayTotalsOf({
    location,
    district,
    day,
    opening,
    tills,
    earlierTills,
    reversals: [...reversals, ...originalVouchers],
    origins,
    books: dayBooks,
    held: heldHere,
    namedNumbers,
    lateTax,
  });
  const closing = { ...totals, books: hashOfBook(book) };
  const chainState = { ...state, latest };
  if (hasSameTotals(closing, latest))
    return (await closes.confirmUnchanged(location, day, chainState)) === CONFLICT ? CONFLICT : 'unchanged';
  const namesOfOtherDays = namedNumbersIn([...book, ...heldHere]).filter((one) => one.day !== day);
  const affectsNextDay = (state.mark?.times ?? 0) > 0 || !hasSameClosingBalance(closing, latest);
  const costReaders = hasSameAverages(closing, latest) ? undefined : await closes.costReaders(location, day);
  const elsewhere = await closesOfEarlyReceipts(book, deps);
  const mistakenSales = await findNewMistakes(location, day, book, deps);
  const mistakenDays = mistakenSales.map((one) => one.day).filter((of) => isClosedDay(of, chainState.head));
  const reopenedDays = [
    ...(await findDaysToReopen(namesOfOtherDays, { location, dayBefore, state: chainState }, deps)),
    ...mistakenDays,
  ];
  const known = [...around, ...originalVouchers];
  const sellerDays = hasSameSupplies(closing, latest)
    ? []
    : await readSellerDays({ location, book, known, lateTax, totals }, deps);
  const isClosedAgain = latest !== undefined;
  const makerDay = await readMakerDay({ location, day, book, known, sellerDays, isClosedAgain }, deps);
  // Alerts come first, so that a retry repeats them.
  await evaluateVouchers(book, deps);
  const next = {
    closing,
    closedAt: clock.now(),
    affectsNextDay,
    namedNumbers: namesOfOtherDays,
    reopenedDays,
    mistakenSales,
    costReaders,
    elsewhere,
    sellerDays,
    makerDay,
  };
  const appended = await closes.append(chainState, next);
  if (appended === CONFLICT) return CONFLICT;
  if (latest) await resolveUnprovenAlerts(latest, deps);
  return 'closed';
};

/** A held hand-over proves nothing about other terminals. */
const withoutTerminals = ({ number, claim }: NumberedClaim): NumberedClaim => ({
  number,
  claim: isHandOver(claim) ? { ...claim, terminals: [] } : claim,
});

type ReopenContext = {
  readonly location: LocationId;
  readonly dayBefore: DayClose | undefined;
  readonly state: DayCloseState;
};

/** New evidence is a missing number or proof of the last number. */
const findDaysToReopen = async (
  names: readonly NamedNumbers[],
  { location, dayBefore, state }: ReopenContext,
  { closes }: CloseLocationDeps,
) => {
  const days: Day[] = [];
  for (const { day, terminal, numbers } of names) {
    if (!isClosedDay(day, state.head)) continue;
    const close = day === dayBefore?.day ? dayBefore : await closes.latest(location, day);
    const known = close?.terminals.find((one) => one.terminal === terminal);
    const isKnown =
      known?.state === 'proven'
        ? numbers.every((number) => number === known.last)
        : numbers.every((number) => known?.missing.includes(number));
    if (!isKnown) days.push(day);
  }
  return days;
};

type ResolveUnprovenAlertsDeps = {
  readonly count: CountMetric;
  readonly evaluateException: EvaluateExceptionAlert;
};

/** The hourly sweep repeats it after a crash. */
const resolveUnprovenAlerts = async (
  previous: DayClose,
  { evaluateException, count }: ResolveUnprovenAlertsDeps,
): Promise<void> => {
  const { location, day } = previous;
  for (const { terminal } of incompleteTerminalsOf(previous)) {
    const about = TerminalDay.parse(`${terminal}-${day}`);
    countAlerts(count, await evaluateException({ location, type: 'unproven', about }));
  }
};
