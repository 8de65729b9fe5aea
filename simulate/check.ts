import { closesMatchCosts, closesMatchVouchers } from './check-closes.ts';
import { transferAlertsMatchCauses } from './check-transfer-alerts.ts';
import { goodsAreReceivedOnce, inboundMatchesTransfers, inboundOf, OVERDUE_AFTER } from './check-transfers.ts';
import { dayAt } from './clock.ts';
import { REORDER_POINT } from './locations.ts';
import {
  basketBalances,
  expectedStockAfter,
  returnedQuantities,
  type SimulatedClaim,
  type Statement,
  sameClaim,
  unrefundedAmounts,
} from './model.ts';
import { type Check, type LocationReading, readSimulatedLocation, recordedEventsIn } from './read-location.ts';
import type { Violation } from './report.ts';
import type { World } from './world.ts';

const findStatement = ({ said }: LocationReading, number: string, claim: unknown): Statement | undefined =>
  said.find((one) => one.number === number && sameClaim(one.claim, claim));

const bookHasOnlyStatements: Check = (read) => [
  ...read.book.flatMap(({ number, claim }) => {
    const said = findStatement(read, number, claim);
    return said && said.arrivals > 0 ? [] : [`${number} is in the book, and was never said so`];
  }),
  ...read.held.flatMap(({ number, claim, held }) =>
    findStatement(read, number, claim)?.arrivals ? [] : [`${held} was never said so`],
  ),
  ...duplicatesIn(read.book.map(({ number }) => number)).map((number) => `${number} is in the book twice`),
];

const duplicatesIn = (all: readonly string[]): string[] => all.filter((one, at) => all.indexOf(one) < at);

/** Dead phones may lose vouchers. */
const statementsAreRecordedOrHeld: Check = (read, { phones }) => {
  const living = new Set(phones.flatMap(({ dead, statements }) => (dead ? [] : statements)));
  return read.said.flatMap((said) => {
    const { number, claim, result, recordedTimes } = said;
    const inBook = read.book.some((one) => one.number === number && sameClaim(one.claim, claim));
    const kept = read.held.find((one) => one.number === number && sameClaim(one.claim, claim));
    return [
      ...(recordedTimes > 1 ? [`${number} was recorded ${recordedTimes} times`] : []),
      ...(result === 'recorded' && !inBook ? [`${number} was told to be in the book, and is not`] : []),
      ...(result === 'held' && !kept ? [`${number} was told to be held, and is not`] : []),
      ...(living.has(said) && !inBook && !kept ? [`${number} is lost: it is neither in the book nor held`] : []),
      ...(kept && (kept.state === 'admitted') !== inBook
        ? [`${number} is ${kept.state}, and ${inBook ? 'in' : 'not in'} the book`]
        : []),
    ];
  });
};

const timesAreMeasured: Check = (read) =>
  read.book.flatMap(({ number, claim, admission }) => {
    const skew = 'skew' in admission ? (admission.skew ?? 0) : 0;
    return findStatement(read, number, claim)?.skews.has(skew) === false
      ? [`${number} stands ${skew} ms from what its phone says, and nobody measured that`]
      : [];
  });

/** Nothing remains inbound or reserved. */
const stockMatchesVouchers: Check = (read) => {
  const shelf = read.isWorkshop ? new Map<string, number>() : expectedStockAfter(recordedEventsIn(read));
  const rows = new Map<string, LocationReading['stock'][number]>(read.stock.map((row) => [row.item, row]));
  return [...new Set([...shelf.keys(), ...rows.keys()])].flatMap((item) => {
    const truly = shelf.get(item) ?? 0;
    const row = rows.get(item);
    const { onHand = 0, free = 0, lots } = row ?? {};
    const inLots = lots?.reduce((sum, { left }) => sum + left, 0);
    return [
      ...(onHand !== truly ? [`${read.location} has ${truly} of ${item}, and the book says ${onHand}`] : []),
      ...(free !== onHand ? [`${read.location}: ${onHand} of ${item} on hand, ${free} free`] : []),
      ...(inLots !== undefined && inLots !== Math.max(0, onHand)
        ? [`${read.location}: ${onHand} of ${item} on hand, ${inLots} in lots`]
        : []),
    ];
  });
};

/** One per item and count, unless an officer admitted a later one. */
const sheetsAreAsked: Check = (read) => {
  const lines = read.book.flatMap(({ number, claim, admission, recordedAt }) => {
    const { count, lines: counted = [], occurredAt } = claim as SimulatedClaim;
    const skew = 'skew' in admission ? (admission.skew ?? 0) : 0;
    const isAdmitted = 'approved' in admission && admission.approved === true;
    const stands = `${new Date(Date.parse(occurredAt) + skew).toISOString()}${number}`;
    return claim.kind === 'C'
      ? counted.map(({ item }) => ({ number, isAdmitted, recordedAt, stands, of: `${count}, ${item}` }))
      : [];
  });
  return [...Map.groupBy(lines, ({ of }) => of)].flatMap(([of, sheets]) => {
    const unheard = sheets.filter(({ isAdmitted }) => !isAdmitted);
    const early = sheets.filter(
      (one) => one.isAdmitted && sheets.some((two) => two.recordedAt < one.recordedAt && two.stands > one.stands),
    );
    return [
      ...(unheard.length > 1 ? [`${of} is on ${unheard.map(({ number }) => number).join(' and ')}, unasked`] : []),
      ...early.map(({ number }) => `${number} was admitted, and changed nothing of ${of}`),
    ];
  });
};

const reconciliationFindsNoDrift: Check = ({ location, audited }) => {
  if (!audited) return [`${location} was not audited`];
  return audited.drifts.map((drift) => `${location}: the audit says ${JSON.stringify(drift)}`);
};

const returnsDoNotExceedSales: Check = (read) => {
  const lines = new Map<string, number>(
    read.book.flatMap(({ number, claim }) =>
      ((claim as SimulatedClaim).lines ?? []).map((line, at) => [`${number}/${at + 1}`, line.quantity] as const),
    ),
  );
  return [...returnedQuantities(recordedEventsIn(read))].flatMap(([line, back]) => {
    const was = lines.get(line);
    return was !== undefined && back > was ? [`${back} came back of ${line}, and it was ${was}`] : [];
  });
};

const fullReturnsAreRefunded: Check = (read) => {
  const happened = recordedEventsIn(read);
  const back = returnedQuantities(happened);
  const kept = unrefundedAmounts(happened);
  return happened.flatMap(({ number, claim }) => {
    const lines = claim.kind === 'S' ? (claim.lines ?? []) : [];
    const isBack = lines.length > 0 && lines.every((line, at) => back.get(`${number}/${at + 1}`) === line.quantity);
    const left = kept.get(number) ?? 0;
    return isBack && left !== 0 ? [`all of ${number} came back, and ${left} paise of it were kept`] : [];
  });
};

/** The cause: more was exchanged than returned. */
const exchangeAlertsMatchCauses: Check = (read) => {
  const truly = [...basketBalances(recordedEventsIn(read))].flatMap(([basket, left]) =>
    left < 0 ? [`${basket} ${-left}`] : [],
  );
  const open = read.alerts.flatMap((alert) =>
    alert.type === 'exchange' ? [`${alert.figures.basket} ${alert.figures.uncovered}`] : [],
  );
  return differences(truly, open).map((one) => `${read.location}: exchange alert and truth differ for ${one}`);
};

/** Overdue goods do not count. */
const stockAlertsMatchCauses: Check = (read, { clock }, all) => {
  const lacks = /-D\d$/.test(read.location) ? 'material' : 'short';
  const overdue = inboundOf(read, all, clock.milliseconds() - OVERDUE_AFTER);
  const truly = read.stock.flatMap(({ item, onHand, inbound }) => {
    const isShort = onHand + Math.max(0, inbound - (overdue.get(item) ?? 0)) <= REORDER_POINT;
    return [
      ...(isShort ? [`${item} ${lacks}`] : []),
      ...(isShort && onHand === 0 && lacks === 'short' ? [`${item} out`] : []),
      ...(onHand < 0 ? [`${item} discrepancy`] : []),
    ];
  });
  const open = read.alerts.flatMap((alert) =>
    'item' in alert && ['short', 'material', 'out', 'discrepancy'].includes(alert.type)
      ? [`${alert.item} ${alert.type}`]
      : [],
  );
  return differences(truly, open).map((one) => `${read.location}: alert and cause differ for ${one}`);
};

const differences = (some: readonly string[], others: readonly string[]): string[] => [
  ...some.filter((one) => !others.includes(one)),
  ...others.filter((one) => !some.includes(one)),
];

const CHECKS = {
  onlyWhatWasSaid: bookHasOnlyStatements,
  onceOrHeld: statementsAreRecordedOrHeld,
  rightPlace: timesAreMeasured,
  stockIsTrue: stockMatchesVouchers,
  sheetsAreAsked,
  neverMoreBack: returnsDoNotExceedSales,
  allIsPaidBack: fullReturnsAreRefunded,
  exchangesAreTrue: exchangeAlertsMatchCauses,
  roadsAreTrue: inboundMatchesTransfers,
  receivedOnce: goodsAreReceivedOnce,
  roadAlertsAreTrue: transferAlertsMatchCauses,
  auditAgrees: reconciliationFindsNoDrift,
  alertsHaveCause: stockAlertsMatchCauses,
  closesAreTrue: closesMatchVouchers,
  costsAreTrue: closesMatchCosts,
} satisfies Record<string, Check>;

export const findViolations = async (
  world: World,
): Promise<{ readonly violations: Violation[]; readonly vouchers: number; readonly held: number }> => {
  const violations: Violation[] = [];
  let vouchers = 0;
  let held = 0;
  const all: LocationReading[] = [];
  for (const place of world.locations) all.push(await readSimulatedLocation(world, place));
  for (const read of all) {
    vouchers += read.book.length;
    held += read.held.length;
    for (const [check, violated] of Object.entries(CHECKS))
      violations.push(...violated(read, world, all).map((says) => ({ check, says })));
  }
  world.log.note(
    world.clock.milliseconds(),
    'check',
    `${vouchers} in the books, ${held} held, on ${dayAt(world.clock.milliseconds())}`,
  );
  return { violations, vouchers, held };
};
