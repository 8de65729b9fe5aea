import { DAY } from './clock.ts';
import { type Claim, cameBack, type Happened } from './model.ts';
import { type Check, happenedIn, type Read } from './read.ts';

type Receipt = {
  readonly number: string;
  readonly left: number;
  readonly wasTaken: boolean;
};

const dispatchOf = ({ from }: Claim): string | undefined => (from as { dispatch?: string } | undefined)?.dispatch;

/** What all books say of roads: who sent what where, who received it, and what was taken back of either. */
const roadsIn = (all: readonly Read[]) => {
  const happened: Happened[] = all.flatMap(happenedIn);
  const back = cameBack(happened);
  const backOf = (number: string, line: number): number => back.get(`${number}/${line + 1}`) ?? 0;
  const receipts = new Map<string, Receipt[]>();
  for (const { number, claim } of happened) {
    const [of, lines] = [dispatchOf(claim), claim.lines];
    if (claim.kind !== 'R' || of === undefined || !lines) continue;
    const taken = lines.map((_line, at) => backOf(number, at));
    const left = lines.reduce((sum, { quantity }, at) => sum + quantity - (taken[at] ?? 0), 0);
    receipts.set(of, [...(receipts.get(of) ?? []), { number, left, wasTaken: taken.some((one) => one > 0) }]);
  }
  return { dispatches: happened.filter(({ claim }) => claim.kind === 'D' && claim.lines), receipts, backOf };
};

/** A receipt that was taken back whole was none. */
const stands = ({ left, wasTaken }: Receipt): boolean => left > 0 || !wasTaken;

/** A week, and then somebody should have come forward. */
export const PATIENCE = 7 * DAY;

/** What was sent to a place by then, less what its sender has back, and has not been received anywhere. */
export const dueAt = (
  read: Read,
  all: readonly Read[],
  sentBy = Number.POSITIVE_INFINITY,
): ReadonlyMap<string, number> => {
  const { dispatches, receipts, backOf } = roadsIn(all);
  const due = new Map<string, number>();
  for (const { number, claim, at: sentAt } of dispatches) {
    if (claim.to !== read.location || sentAt >= sentBy || receipts.get(number)?.some(stands)) continue;
    for (const [at, { item, quantity }] of (claim.lines ?? []).entries())
      due.set(item, (due.get(item) ?? 0) + quantity - backOf(number, at));
  }
  return due;
};

/** What is on its way to a place is what is due there. */
export const roadsAreTrue: Check = (read, _world, all) => {
  const due = dueAt(read, all);
  const inbound = new Map<string, number>(read.stock.map((row) => [row.item, row.inbound]));
  return [...new Set([...due.keys(), ...inbound.keys()])].flatMap((item) => {
    const [truly, says] = [due.get(item) ?? 0, inbound.get(item) ?? 0];
    return truly === says
      ? []
      : [`${truly} of ${item} are on their way to ${read.location}, and the book says ${says}`];
  });
};

/** Each dispatch is received once at the most. How what came differs from what was sent is told, and no fault of the book. */
export const receivedOnce: Check = (read, _world, all) => {
  const ours = new Set<string>(read.book.map(({ number }) => number));
  return [...roadsIn(all).receipts].flatMap(([dispatch, some]) => {
    const standing = some.filter(stands).map(({ number }) => number);
    const isTwice = standing.length > 1 && standing.some((number) => ours.has(number));
    return isTwice ? [`${dispatch} was received by ${standing.join(' and by ')}`] : [];
  });
};
