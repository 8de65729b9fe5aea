import type { DistrictId, LocationId, Place } from '../kernel/ids.ts';
import { MOST_QUANTITY } from '../kernel/quantity.ts';
import type { Plan } from './plan.ts';

/** One item (and so one seller) at a place that runs short of it. `pack`: it is sent in whole packs of so many base units. */
export type Wanting = {
  readonly at: LocationId;
  readonly district: DistrictId;
  readonly lines?: readonly string[] | undefined;
  readonly wanted: number;
  readonly pack: number;
};

/** Who has the same item. A maker keeps no stock in the book: `free` is not known, and it is asked. */
export type Giver = {
  readonly place: Place;
  readonly district: DistrictId;
  readonly lines?: readonly string[] | undefined;
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

/** Typed by many hands: with any dash, in any case. */
const letters = (line: string): string =>
  line
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();

type Placed = Pick<Giver, 'district' | 'lines'>;

const onOneLine = (one: Placed, other: Placed): boolean => {
  const lines = new Set(one.lines?.map(letters));
  return (other.lines ?? []).some((line) => lines.has(letters(line)));
};

/** Whether an outlet is asked for what another lacks, before anything is known of its shelf. */
export const isNear = (one: Placed, other: Placed): boolean => one.district === other.district || onOneLine(one, other);

/** Nearest kind first: an outlet on the same line, one in the same district, a depot, and for what none of them has, whoever makes it. Outlets elsewhere are not asked. */
const rankOf = (giver: Giver, wanting: Pick<Wanting, 'at' | 'district' | 'lines'>): number | undefined => {
  if (giver.place === wanting.at) return undefined;
  const far = giver.district === wanting.district ? 0 : 1;
  switch (giver.kind) {
    case 'outlet':
      return onOneLine(giver, wanting) ? 0 : far === 0 ? 1 : undefined;
    case 'depot':
      return 2 + far;
    case 'maker':
      return 4 + far;
  }
};

/** What one giver can send of what is wanted, whoever else could: in whole packs. */
export const askedOf = (giver: Giver, wanting: Wanting): number => {
  const pack = Math.max(1, wanting.pack);
  if (rankOf(giver, wanting) === undefined) return 0;
  return pack * Math.min(Math.ceil(Math.max(0, wanting.wanted) / pack), Math.floor(spareOf(giver) / pack));
};

/**
 * The turn that a maker has for a place: not the same everywhere, so that many makers of one thing are asked alike; and the same every day, so that one of them sends all
 * that a stall lacks. FNV-1a, with Murmur's last mixing.
 */
const turnOf = (maker: Place, at: LocationId): number => {
  let hash = 0x811c9dc5;
  for (const letter of `${at} ${maker}`) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/**
 * How much to send and from where, so that the outlet has its target again; as few parcels as may be, in whole packs, which may come to a
 * little more than asked. Among equals the one that can send all of it, then the one that has most to spare, then by name; among makers, by turn.
 */
export const suggestSources = (wanting: Wanting, givers: readonly Giver[]): Source[] => {
  const pack = Math.max(1, wanting.pack);
  let packs = Math.ceil(Math.max(0, wanting.wanted) / pack);
  const asked = packs;
  // A line of a dispatch holds no more; the rest is suggested again once this is on its way.
  const mostPacks = Math.max(1, Math.floor(MOST_QUANTITY / pack));
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
        (one.giver.kind === 'maker'
          ? turnOf(one.giver.place, wanting.at) - turnOf(other.giver.place, wanting.at)
          : 0) ||
        (one.giver.place < other.giver.place ? -1 : 1),
    );
  const sources: Source[] = [];
  for (const { giver, spare } of able) {
    if (packs === 0 || sources.length === PARCELS) break;
    const sent = Math.min(packs, spare, mostPacks);
    sources.push({ from: giver.place, kind: giver.kind, quantity: sent * pack });
    packs -= sent;
  }
  return sources;
};
