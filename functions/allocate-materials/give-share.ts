import type { Told } from '../../shared/kernel/bilingual-text.ts';
import type { ItemId } from '../../shared/kernel/ids.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import { type Clock, type Day, dayOf } from '../../shared/kernel/time.ts';
import type { Allotment } from '../../shared/materials/allocation.ts';
import type { RunHead } from '../../shared/materials/allocation-run-store.ts';
import { capped, give, givenIn, type Share, shareIn } from '../../shared/materials/approve-share.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import { named, toldShare } from '../../shared/materials/request-sentences.ts';
import type { RequestStore } from '../../shared/materials/request-store.ts';
import { collectBy } from '../../shared/materials/reservation.ts';
import { AGAIN, STALE, untilAnswered } from '../../shared/platform/retry.ts';
import type { Count } from '../../shared/platform/telemetry.ts';
import type { Item } from '../../shared/registry/item.ts';

type Giving = {
  readonly run: RunHead;
  /** Of one request. */
  readonly lines: readonly Allotment[];
  readonly request: MaterialRequest | undefined;
  readonly items: ReadonlyMap<ItemId, Item>;
};

export type GiveShareDeps = { readonly clock: Clock; readonly count: Count; readonly requests: RequestStore };

/**
 * One request gets its share, or hears that it waits; says what it was given. A request that has moved on since the run looked at it gets
 * nothing; what was written before a crash, or by another at the same time, stands. So whoever asks again, however late, is told the same.
 */
export const giveShare = (
  { run, lines, request, items }: Giving,
  { requests, clock, count }: GiveShareDeps,
): Promise<Share> => {
  let standing = request;
  let share: Share = new Map(lines.map((line) => [line.item, line.share]));
  return untilAnswered(async () => {
    const given = standing && givenIn(standing, run.day);
    if (given) return given;
    if (!standing || standing.version !== lines[0]?.version) return new Map();
    const at = clock.now();
    const told = toldOf(run, lines, share, items, collectBy(dayOf(at)));
    const doing = { at, by: 'allocate-materials', run: run.day, told };
    const decided = give(standing, share, doing);
    const made = isRefusal(decided) ? decided : await requests.change(decided);
    if (made === STALE) {
      standing = await requests.find(standing.request);
      return AGAIN;
    }
    if (!isRefusal(made)) {
      count(made.state === 'submitted' ? 'RequestsWaiting' : 'RequestsAllocated', 1);
      return givenIn(made, run.day) ?? new Map();
    }
    // A counter drew on the passbook meanwhile: no more is given than is left.
    const less = capped(share, made);
    if (!less) throw new Error(`${standing.request} cannot be given its share: ${made.detail}`);
    share = less;
    return AGAIN;
  });
};

const toldOf = (
  { materials }: RunHead,
  lines: readonly Allotment[],
  share: Share,
  items: Giving['items'],
  until: Day,
): Told => {
  const of = new Map(materials.map((material) => [material.item, material]));
  const told = lines.flatMap((line) => {
    const material = of.get(line.item);
    const item = named(line.item, items.get(line.item));
    const given = shareIn(share, line.item);
    // Less than the rule gave is all that the passbook has left by now.
    const allotment = given < line.share ? { ...line, left: given } : line;
    return material ? [{ item, material, allotment, given }] : [];
  });
  return toldShare(told, until);
};
