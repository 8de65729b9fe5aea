import {
  type ExpectedTransfer,
  expectedTransfersIn,
  isClosedTransfer,
  OVERDUE_AFTER,
  outcomesOf,
} from './check-transfers.ts';
import type { Check } from './read-location.ts';

const hasMismatch = (road: ExpectedTransfer): boolean =>
  [...outcomesOf(road).values()].some(
    ({ missing, rejected }) => rejected !== 0 || missing < 0 || (missing > 0 && isClosedTransfer(road)),
  );

/**
 * Stray goods concern sender, destination and actual location; other differences the destination.
 */
const concernedLocations = ({ sent, deliveries }: ExpectedTransfer): ReadonlySet<string> => {
  const strays = deliveries.filter(({ location }) => location !== sent?.claim.to).map(({ location }) => location);
  const to = String(sent?.claim.to);
  return new Set(sent && strays.length > 0 ? [to, sent.location, ...strays] : [to]);
};

export const transferAlertsMatchCauses: Check = (read, { clock }, all) => {
  const truly = expectedTransfersIn(all).flatMap((road) => {
    const { dispatch, sent } = road;
    // By number: the first receipt before its dispatch counts.
    const [first] = road.deliveries.toSorted((one, other) => (one.number < other.number ? -1 : 1));
    const waits = sent && !isClosedTransfer(road) && [...outcomesOf(road).values()].some(({ missing }) => missing > 0);
    const place = sent ? String(sent.claim.to) : first?.location;
    const since = (sent ?? first)?.at ?? 0;
    const late = (waits || (first && !sent)) && clock.milliseconds() - since > OVERDUE_AFTER && place === read.location;
    const isStray = road.deliveries.some(({ location }) => location !== sent?.claim.to);
    const differs =
      sent && (first || road.isClosed) && (isStray || hasMismatch(road)) && concernedLocations(road).has(read.location);
    if (read.isWorkshop) return [];
    return [...(late ? [`${dispatch} overdue`] : []), ...(differs ? [`${dispatch} mismatch`] : [])];
  });
  const open = read.alerts.flatMap((alert) =>
    alert.type === 'overdue' || alert.type === 'mismatch' ? [`${alert.about} ${alert.type}`] : [],
  );
  return [
    ...truly.filter((one) => !open.includes(one)).map((one) => `${read.location} was not told of ${one}`),
    ...open.filter((one) => !truly.includes(one)).map((one) => `${read.location} was told of ${one} for nothing`),
  ];
};
