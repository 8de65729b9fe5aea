import type { DistrictId, LocationId, Place } from '../ids.ts';
import type { Plan } from './plan.ts';

/** One item (and so one seller) at an outlet that runs short of it. `pack`: it is sent in whole packs of so many base units. */
export type Wanting = {
  readonly outlet: LocationId;
  readonly district: DistrictId;
  readonly line?: string;
  readonly onHand: number;
  readonly inbound: number;
  readonly target: number;
  readonly pack: number;
};

/** Who has the same item. A maker keeps no stock in the book: `free` is not known, and it is asked. */
export type Giver = {
  readonly place: Place;
  readonly district: DistrictId;
  readonly line?: string;
  readonly plan?: Plan;
} & (
  | { readonly kind: 'outlet'; readonly free: number; readonly mean: number }
  | { readonly kind: 'depot'; readonly free: number }
  | { readonly kind: 'maker'; readonly free?: number }
);

export type Source = { readonly from: Place; readonly kind: Giver['kind']; readonly quantity: number };

/** An outlet keeps, above its own point, what it sells in so many days. */
const KEEPS_DAYS = 30;
/** More parcels than this are not worth a suggestion. */
const PARCELS = 3;

/** What it can do without. Nobody goes below their own reorder point; an outlet gives only what it would not sell for long. */
export const spareOf = (giver: Giver): number => {
  const { reorderPoint, target } = giver.plan ?? { reorderPoint: 0, target: 0 };
  if (giver.free === undefined) return Number.POSITIVE_INFINITY;
  if (giver.kind !== 'outlet') return Math.max(0, giver.free - reorderPoint);
  return Math.max(0, giver.free - Math.max(target, reorderPoint + Math.ceil(giver.mean * KEEPS_DAYS)));
};

/** Nearest kind first: an outlet on the same line, one in the same district, then whoever makes or stores it. Outlets elsewhere are not asked. */
const rankOf = (giver: Giver, wanting: Wanting): number | undefined => {
  if (giver.place === wanting.outlet) return undefined;
  const near = giver.district === wanting.district;
  if (giver.kind !== 'outlet') return near ? 2 : 3;
  if (giver.line !== undefined && giver.line === wanting.line) return 0;
  return near ? 1 : undefined;
};

/**
 * How much to send and from where, so that the outlet has its target again; as few parcels as may be, in whole packs, which may come to a
 * little more than asked. Among equals the one that can send all of it, then the one that has most to spare, then by name.
 */
export const suggestSources = (wanting: Wanting, givers: readonly Giver[]): Source[] => {
  const pack = Math.max(1, wanting.pack);
  let packs = Math.ceil(Math.max(0, wanting.target - wanting.onHand - wanting.inbound) / pack);
  const asked = packs;
  const able = givers
    .flatMap((giver) => {
      const rank = rankOf(giver, wanting);
      const spare = Math.floor(spareOf(giver) / pack);
      return rank === undefined || spare === 0 ? [] : [{ giver, rank, spare }];
    })
    .sort(
      (one, other) =>
        one.rank - other.rank ||
        Number(other.spare >= asked) - Number(one.spare >= asked) ||
        (one.spare === other.spare ? 0 : other.spare - one.spare) ||
        (one.giver.place < other.giver.place ? -1 : 1),
    );
  const sources: Source[] = [];
  for (const { giver, spare } of able) {
    if (packs === 0 || sources.length === PARCELS) break;
    const sent = Math.min(packs, spare);
    sources.push({ from: giver.place, kind: giver.kind, quantity: sent * pack });
    packs -= sent;
  }
  return sources;
};
