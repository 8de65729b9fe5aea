import type { AreaMessage } from '../../shared/contract/jobs.ts';
import type { Close } from '../../shared/domain/closes/close.ts';
import { lastEnded } from '../../shared/domain/closes/close-day.ts';
import { LocationId, type ProductId } from '../../shared/domain/ids.ts';
import { everything } from '../../shared/domain/pages.ts';
import { factorOn } from '../../shared/domain/restock/festivals.ts';
import { foldDay } from '../../shared/domain/restock/fold-day.ts';
import { NO_PACES, type Paces } from '../../shared/domain/restock/paces.ts';
import { missingOn, soldOn } from '../../shared/domain/restock/sold-on.ts';
import { addDays, type Day } from '../../shared/domain/time.ts';
import {
  AGAIN,
  atOnce,
  type Composition,
  type EntryOf,
  type PacesHead,
  STALE,
  untilAnswered,
} from '../../shared/runtime/composition.ts';
import { logger } from '../../shared/runtime/observability.ts';
import { changedDays } from './changed-days.ts';
import { learnFestivals } from './learn-festivals.ts';

const AT_ONCE = 16;

/** Folds what was closed, and looks back at the festivals that are over. Whoever stops is gone on from. */
export const foldDemand = async (_: AreaMessage, tools: Composition): Promise<void> => {
  const listed = await everything((after) => tools.registry.list('outlets', after));
  await foldCloses(listed, tools);
  await learnFestivals(listed, tools);
};

/** The closes of all outlets, from the earliest day that changed to the last that ended; what is known at the end of each is kept. */
const foldCloses = (listed: readonly EntryOf<'outlets'>[], tools: Composition): Promise<void> =>
  untilAnswered(async () => {
    const { paces, clock, count } = tools;
    const last = lastEnded(clock.now());
    const outlets = listed.map(({ id }) => LocationId.parse(id)).sort();
    const before = await paces.head();
    const changed = await changedDays(outlets, before, last, tools);
    const from = startOf(before, changed.from);
    if (from === undefined || from > last) return undefined;

    const closes = await closesOf(outlets, from, last, tools);
    const products = await productsOf(closes.values().toArray().flat(), tools);
    const seasonOn = await seasonsOf(listed, new Set(products.values()), tools);
    let head = before;
    let known: Paces = (before && (await paces.snapshot(before, addDays(from, -1)))) ?? NO_PACES;
    for (let day = from; day <= last; day = addDays(day, 1)) {
      const ofDay = closes.get(day) ?? [];
      sayMissing(day, missingOn(outlets, ofDay), tools);
      known = foldDay(
        known,
        day,
        soldOn(ofDay, (item) => products.get(item), seasonOn(day)),
      );
      const kept: PacesHead | typeof STALE = await paces.keep(head, { ...known, day }, changed.known);
      if (kept === STALE) return AGAIN;
      head = kept;
      count('DaysFolded', 1);
    }
    return undefined;
  });

/** Not before the day after the oldest that is kept: what came later than that is folded in with what can still be. */
const startOf = (before: PacesHead | undefined, changed: Day | undefined): Day | undefined => {
  if (!before) return changed;
  const next = addDays(before.day, 1);
  const day = changed !== undefined && changed < next ? changed : next;
  const oldest = Object.keys(before.runs).sort()[0] as Day | undefined;
  const first = oldest ? addDays(oldest, 1) : next;
  return day < first ? first : day;
};

const closesOf = async (outlets: readonly LocationId[], from: Day, to: Day, { closes }: Composition) => {
  const all: Close[] = [];
  await atOnce(AT_ONCE, outlets, async (outlet) => {
    all.push(...(await closes.between(outlet, { from, to }, 'surely')));
  });
  return Map.groupBy(all, ({ day }) => day);
};

const productsOf = async (closes: readonly Close[], { registry }: Composition) => {
  const items = await registry.entries('items', [
    ...new Set(closes.flatMap((close) => close.items.map(({ item }) => item))),
  ]);
  return new Map(items.entries().map(([item, { entry }]) => [item, entry.product]));
};

/** As the festivals are entered when a day is folded: what is entered or edited after that folds no day again, and only what something late changes is folded by it. */
const seasonsOf = async (
  outlets: readonly EntryOf<'outlets'>[],
  products: ReadonlySet<ProductId>,
  { calendar }: Composition,
) => {
  const districts = new Map(outlets.map(({ id, entry }) => [id, entry.district]));
  const { festivals, shelf } = await calendar(products);
  return (day: Day) =>
    (outlet: LocationId, product: ProductId): number => {
      const district = districts.get(outlet);
      return district ? factorOn(festivals, shelf(product, district), day) : 1;
    };
};

const sayMissing = (day: Day, missing: readonly LocationId[], { count }: Composition): void => {
  if (missing.length === 0) return;
  count('ClosesMissing', missing.length);
  logger.warn(`${missing.length} outlets have no close of ${day}: they are folded in when it comes`, { missing });
};
