import { PATIENCE } from './check-roads.ts';
import { type Claim, cameBack, type Happened } from './model.ts';
import { type Check, happenedIn, type Read } from './read.ts';

type Entry = Happened & { readonly location: string };
/** A road, as all books together tell it: who sent, who received, and what both have back. */
type Road = { readonly sent: Entry | undefined; readonly came: Entry | undefined };

const dispatchOf = ({ from }: Claim): string | undefined => (from as { dispatch?: string } | undefined)?.dispatch;

/** Item by item, so much of these lines. */
const sums = (entry: Entry | undefined, of: (line: { quantity: number; rejected?: number }, at: number) => number) => {
  const all = new Map<string, number>();
  for (const [at, line] of (entry?.claim.lines ?? []).entries())
    all.set(line.item, (all.get(line.item) ?? 0) + of(line, at));
  return all;
};

const roadsIn = (all: readonly Read[]) => {
  const entries = all.flatMap((read) => happenedIn(read).map((one) => ({ ...one, location: read.location as string })));
  const back = cameBack(entries);
  const backOf =
    ({ number }: Entry) =>
    (_line: unknown, at: number) =>
      back.get(`${number}/${at + 1}`) ?? 0;
  const left = (entry: Entry | undefined) =>
    sums(entry, (line, at) => line.quantity - (entry ? backOf(entry)(line, at) : 0));
  const total = (of: ReadonlyMap<string, number>) => [...of.values()].reduce((sum, one) => sum + one, 0);
  const roads = new Map<string, Road>();
  for (const entry of entries) {
    const { number, claim } = entry;
    if (!claim.lines) continue;
    if (claim.kind === 'D') roads.set(number, { came: undefined, ...roads.get(number), sent: entry });
    const of = claim.kind === 'R' ? dispatchOf(claim) : undefined;
    const wasNone = total(left(entry)) === 0 && total(sums(entry, backOf(entry))) > 0;
    if (of !== undefined && !wasNone) roads.set(of, { sent: undefined, ...roads.get(of), came: entry });
  }
  return { roads, left, backOf };
};

/** What an officer should be told of a place's roads, and no more: what should have come, and what came otherwise than it was sent. */
export const roadAlertsAreTrue: Check = (read, { clock }, all) => {
  const { roads, left, backOf } = roadsIn(all);
  const isOther = (sent: Entry, came: Entry): boolean => {
    const [kept, accepted, rejected] = [left(sent), left(came), sums(came, ({ rejected: no = 0 }) => no)];
    const taken = sums(sent, backOf(sent));
    const items = [...new Set([...kept.keys(), ...accepted.keys()])];
    return (
      sent.claim.to !== came.location ||
      items.some((item) => (kept.get(item) ?? 0) !== (accepted.get(item) ?? 0)) ||
      items.some((item) => (rejected.get(item) ?? 0) > (taken.get(item) ?? 0))
    );
  };
  const truly = [...roads].flatMap(([dispatch, { sent, came }]) => {
    const waits = sent && !came && [...left(sent).values()].some((quantity) => quantity > 0);
    const place = sent ? String(sent.claim.to) : came?.location;
    const since = (sent ?? came)?.at ?? 0;
    const late = (waits || (came && !sent)) && clock.at() - since > PATIENCE && place === read.location;
    const differs = sent && came && came.location === read.location && isOther(sent, came);
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
