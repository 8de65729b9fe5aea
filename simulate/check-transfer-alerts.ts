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

/** Goods are somewhere they were not sent: their sender, who should have them and who has them are told. Else who should have them is told of what differs. */
const concernedLocations = ({ sent, deliveries }: ExpectedTransfer): ReadonlySet<string> => {
  const strays = deliveries.filter(({ location }) => location !== sent?.claim.to).map(({ location }) => location);
  const to = String(sent?.claim.to);
  return new Set(sent && strays.length > 0 ? [to, sent.location, ...strays] : [to]);
};

/** What an officer should be told of a place's roads, and no more: what should have come, and what came otherwise than it was sent. */
export const transferAlertsMatchCauses: Check = (read, { clock }, all) => {
  const truly = expectedTransfersIn(all).flatMap((road) => {
    const { dispatch, sent } = road;
    // By number, as the first of those that came before their dispatch is looked after.
    const [first] = road.deliveries.toSorted((one, other) => (one.number < other.number ? -1 : 1));
    const waits = sent && !isClosedTransfer(road) && [...outcomesOf(road).values()].some(({ missing }) => missing > 0);
    const place = sent ? String(sent.claim.to) : first?.location;
    const since = (sent ?? first)?.at ?? 0;
    const late = (waits || (first && !sent)) && clock.milliseconds() - since > OVERDUE_AFTER && place === read.location;
    const isStray = road.deliveries.some(({ location }) => location !== sent?.claim.to);
    const differs =
      sent && (first || road.isClosed) && (isStray || hasMismatch(road)) && concernedLocations(road).has(read.location);
    // A workshop is told of nothing.
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
