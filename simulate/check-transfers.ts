import { DAY } from './clock.ts';
import { type RecordedEvent, returnedQuantities, type SimulatedClaim } from './model.ts';
import { type Check, type LocationReading, recordedEventsIn } from './read-location.ts';

type LocatedEvent = RecordedEvent & { readonly location: string };

type Delivery = {
  readonly number: string;
  readonly location: string;
  readonly at: number;
  readonly isFinal: boolean;
  readonly accepted: ReadonlyMap<string, number>;
  readonly rejected: ReadonlyMap<string, number>;
};

export type ExpectedTransfer = {
  readonly dispatch: string;
  readonly sent: LocatedEvent | undefined;
  readonly dispatched: ReadonlyMap<string, number>;
  readonly takenBack: ReadonlyMap<string, number>;
  readonly deliveries: readonly Delivery[];
  readonly isClosed: boolean;
};

const dispatchOf = ({ from }: SimulatedClaim): string | undefined =>
  (from as { dispatch?: string } | undefined)?.dispatch;

type Counts = (line: { quantity: number; rejected?: number }, at: number) => number;

const sumByItem = (entry: LocatedEvent | undefined, of: Counts): Map<string, number> => {
  const all = new Map<string, number>();
  for (const [at, line] of (entry?.claim.lines ?? []).entries())
    all.set(line.item, (all.get(line.item) ?? 0) + of(line, at));
  return all;
};

export const expectedTransfersIn = (all: readonly LocationReading[]): readonly ExpectedTransfer[] => {
  const entries = all.flatMap((read) =>
    recordedEventsIn(read).map((one) => ({ ...one, location: read.location as string })),
  );
  const back = returnedQuantities(entries);
  const backOf = ({ number }: LocatedEvent, at: number): number => back.get(`${number}/${at + 1}`) ?? 0;
  const deliveries = entries.flatMap((entry): [string, Delivery][] => {
    const { number, claim, at, location } = entry;
    const of = claim.kind === 'R' ? dispatchOf(claim) : undefined;
    const lines = claim.lines ?? [];
    const isTouched = lines.some((_line, n) => back.has(`${number}/${n + 1}`));
    if (of === undefined || (isTouched && lines.every(({ quantity }, n) => backOf(entry, n) >= quantity))) return [];
    const accepted = sumByItem(entry, ({ quantity }, n) => quantity - backOf(entry, n));
    const rejected = sumByItem(entry, ({ rejected: no = 0 }) => no);
    return [[of, { number, location, at, isFinal: claim.final === true, accepted, rejected }]];
  });
  const byDispatch = Map.groupBy(deliveries, ([of]) => of);
  const sent = new Map(
    entries.filter(({ claim }) => claim.kind === 'D' && claim.lines).map((one) => [one.number, one]),
  );
  return [...new Set([...sent.keys(), ...byDispatch.keys()])].map((dispatch) => {
    const entry = sent.get(dispatch);
    return {
      dispatch,
      sent: entry,
      dispatched: sumByItem(entry, ({ quantity }) => quantity),
      takenBack: sumByItem(entry, (_line, at) => (entry ? backOf(entry, at) : 0)),
      deliveries: (byDispatch.get(dispatch) ?? []).map(([, delivery]) => delivery),
      isClosed: all.some(({ closed }) => closed.has(dispatch)),
    };
  });
};

export type TransferOutcome = { readonly missing: number; readonly rejected: number };

/** Returned quantities reduce missing goods first, then rejected goods. */
export const outcomesOf = ({
  dispatched,
  takenBack,
  deliveries,
}: ExpectedTransfer): ReadonlyMap<string, TransferOutcome> => {
  const total = (item: string, of: 'accepted' | 'rejected') =>
    deliveries.reduce((sum, delivery) => sum + (delivery[of].get(item) ?? 0), 0);
  const items = new Set([...dispatched.keys(), ...deliveries.flatMap(({ accepted }) => [...accepted.keys()])]);
  return new Map(
    [...items].map((item) => {
      const sent = dispatched.get(item) ?? 0;
      const back = takenBack.get(item) ?? 0;
      const came = total(item, 'accepted');
      const refused = total(item, 'rejected');
      const neverCame = Math.max(0, sent - came - refused);
      const rejected = refused - Math.min(refused, Math.max(0, back - neverCame));
      return [item, { rejected, missing: sent - back - came - rejected }];
    }),
  );
};

export const isClosedTransfer = ({ sent, deliveries, isClosed }: ExpectedTransfer): boolean =>
  isClosed || deliveries.some(({ isFinal, location }) => isFinal && location === sent?.claim.to);

export const OVERDUE_AFTER = 7 * DAY;

/** Nothing if the transfer is closed. */
export const inboundOf = (
  read: LocationReading,
  all: readonly LocationReading[],
  sentBy = Number.POSITIVE_INFINITY,
): ReadonlyMap<string, number> => {
  const due = new Map<string, number>();
  for (const road of expectedTransfersIn(all)) {
    const { sent } = road;
    if (!sent || sent.claim.to !== read.location || sent.at >= sentBy || isClosedTransfer(road)) continue;
    for (const [item, { missing }] of outcomesOf(road)) due.set(item, (due.get(item) ?? 0) + Math.max(0, missing));
  }
  return due;
};

export const inboundMatchesTransfers: Check = (read, _world, all) => {
  const due = inboundOf(read, all);
  const inbound = new Map<string, number>(read.stock.map((row) => [row.item, row.inbound]));
  return [...new Set([...due.keys(), ...inbound.keys()])].flatMap((item) => {
    const truly = due.get(item) ?? 0;
    const says = inbound.get(item) ?? 0;
    return truly === says
      ? []
      : [`${truly} of ${item} are on their way to ${read.location}, and the book says ${says}`];
  });
};

/** Only an officer admits more than the open quantity. */
export const goodsAreReceivedOnce: Check = (read, _world, all) =>
  expectedTransfersIn(all).flatMap((road) => {
    if (road.sent?.claim.to !== read.location) return [];
    const admitted = new Set(
      read.book.flatMap(({ number, admission }) =>
        'approved' in admission && admission.approved ? [number as string] : [],
      ),
    );
    const { dispatch, sent } = road;
    const doubtful = road.deliveries.filter(({ location }) => location === sent.claim.to);
    const recordedAt = new Map(read.book.map(({ number, recordedAt: at }) => [number as string, at]));
    const isEarly = doubtful.some(({ number }) => (recordedAt.get(number) ?? '') <= sentRecordedAt(dispatch, all));
    if (isEarly || doubtful.some(({ number }) => admitted.has(number)) || doubtful.length < 2) return [];
    const whole = doubtful.filter(({ accepted }) =>
      [...road.dispatched].every(([item, quantity]) => (accepted.get(item) ?? 0) >= quantity),
    );
    return whole.length > 1
      ? [`${dispatch} was received whole by ${whole.map(({ number }) => number).join(' and by ')}`]
      : [];
  });

const sentRecordedAt = (dispatch: string, all: readonly LocationReading[]): string =>
  all.flatMap(({ book }) => book).find(({ number }) => number === dispatch)?.recordedAt ?? '';
