import type { ItemId } from '../../shared/kernel/ids.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import { type Clock, type Day, dayOf } from '../../shared/kernel/time.ts';
import type { BilingualText } from '../../shared/kernel/units.ts';
import type { Allotment } from '../../shared/materials/allocation.ts';
import type { AllocationRunHead } from '../../shared/materials/allocation-run-store.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import { namedItem, renderShare } from '../../shared/materials/request-sentences.ts';
import type { RequestStore } from '../../shared/materials/request-store.ts';
import {
  type AllocationShare,
  allocatedShareOf,
  approveShare,
  limitShareToAccount,
  shareOfItem,
} from '../../shared/materials/request-transitions.ts';
import { collectionDeadlineOf } from '../../shared/materials/reservation.ts';
import { CONFLICT, RETRY, retry } from '../../shared/platform/retry.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import type { Item } from '../../shared/registry/item.ts';

type RequestShare = {
  readonly run: AllocationRunHead;
  readonly lines: readonly Allotment[];
  readonly request: MaterialRequest | undefined;
  readonly items: ReadonlyMap<ItemId, Item>;
};

export type GiveShareDeps = { readonly clock: Clock; readonly count: CountMetric; readonly requests: RequestStore };

/** Gives nothing if the request changed since. A repeat returns the earlier share. */
export const giveShare = (
  { run, lines, request, items }: RequestShare,
  { requests, clock, count }: GiveShareDeps,
): Promise<AllocationShare> => {
  let current = request;
  let share: AllocationShare = new Map(lines.map((line) => [line.item, line.share]));
  return retry(async () => {
    const earlier = current && allocatedShareOf(current, run.day);
    if (earlier) return earlier;
    if (!current || current.version !== lines[0]?.version) return new Map();
    const at = clock.now();
    const message = renderShareOf(run, lines, share, items, collectionDeadlineOf(dayOf(at)));
    const details = { at, by: 'allocate-materials', run: run.day, told: message };
    const effects = approveShare(current, share, details);
    const result = isRefusal(effects) ? effects : await requests.change(effects);
    if (result === CONFLICT) {
      current = await requests.find(current.request);
      return RETRY;
    }
    if (!isRefusal(result)) {
      count(result.state === 'submitted' ? 'RequestsUnallocated' : 'RequestsAllocated', 1);
      return allocatedShareOf(result, run.day) ?? new Map();
    }
    // A counter drew on the account: give only the rest.
    const capped = limitShareToAccount(share, result);
    if (!capped) throw new Error(`cannot give ${current.request} its share: ${result.detail}`);
    share = capped;
    return RETRY;
  });
};

const renderShareOf = (
  { materials }: AllocationRunHead,
  lines: readonly Allotment[],
  share: AllocationShare,
  items: RequestShare['items'],
  until: Day,
): BilingualText => {
  const materialOf = new Map(materials.map((material) => [material.item, material]));
  const evidence = lines.flatMap((line) => {
    const material = materialOf.get(line.item);
    const item = namedItem(line.item, items.get(line.item));
    const given = shareOfItem(share, line.item);
    const allotment = given < line.share ? { ...line, left: given } : line;
    return material ? [{ item, material, allotment, given }] : [];
  });
  return renderShare(evidence, until);
};
