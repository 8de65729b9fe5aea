import type { locationsApart } from '../../shared/alerts/isolated-job-service.ts';
import type { CloseStore } from '../../shared/day-close/close-store.ts';
import type { Close } from '../../shared/day-close/day-close.ts';
import { LocationId, ProductId } from '../../shared/kernel/ids.ts';
import { everything } from '../../shared/kernel/pages.ts';
import { addDays } from '../../shared/kernel/time.ts';
import { atOnce } from '../../shared/platform/concurrently.ts';
import type { Count } from '../../shared/platform/telemetry.ts';
import type { EntryOf } from '../../shared/registry/registry-item.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import type { LessonStore } from '../../shared/replenishment/calibration-store.ts';
import { soldOn } from '../../shared/replenishment/daily-sales.ts';
import type { PacesHead, PacesStore } from '../../shared/replenishment/demand-model-store.ts';
import { pacesOf } from '../../shared/replenishment/demand-rate.ts';
import { MODEL } from '../../shared/replenishment/model-parameters.ts';
import type { FestivalCalendar } from '../../shared/replenishment/seasonal-calendar-service.ts';
import {
  added,
  isOfThose,
  NOTHING_SEEN,
  type PlannedFestival,
  type Seen,
} from '../../shared/replenishment/seasonal-calibration.ts';
import { factorOn, isOf } from '../../shared/replenishment/seasonal-events.ts';
import { seenOn } from '../../shared/replenishment/seasonal-sample.ts';
import type { SoldThere } from '../../shared/replenishment/update-demand-model.ts';

const AT_ONCE = 16;

type Outlet = EntryOf<'outlets'>;
type Apart = ReturnType<typeof locationsApart>;

export type CalibrateSeasonsDeps = {
  readonly calendar: FestivalCalendar;
  readonly closes: CloseStore;
  readonly count: Count;
  readonly lessons: LessonStore;
  readonly paces: PacesStore;
  readonly registry: RegistryStore;
};

/**
 * What each festival that is over sold, against the paces of its eve; again when one of its days was folded again since. One that is longer than snapshots are
 * kept, or whose eve came before paces meant anything, teaches nothing.
 */
export const learnFestivals = async (
  outlets: readonly Outlet[],
  apart: Apart,
  deps: CalibrateSeasonsDeps,
): Promise<void> => {
  const { paces, lessons, registry, calendar, count } = deps;
  const head = await paces.head();
  const over = head ? overBy(head, (await calendar([])).festivals) : [];
  if (!head || over.length === 0) return;
  const known = new Map((await lessons.all()).map((lesson) => [lesson.festival, lesson]));
  const products = await everything((after) => registry.list('products', after));
  const year = await calendar(products.map(({ id }) => ProductId.parse(id)));
  for (const festival of over) {
    const [before, last] = [known.get(festival.festival), head.runs[festival.to] ?? ''];
    if (before?.last === last && isOfThose(festival, before)) continue;
    const eve = await paces.snapshot(head, addDays(festival.from, -1));
    if (!eve || eve.days < MODEL.warmUp) continue;
    const seen = await seenIn(festival, year, pacesOf(eve), outlets, apart, deps);
    const { from, to, craft, district } = festival;
    const of = { from, to, ...(craft !== undefined && { craft }), ...(district !== undefined && { district }) };
    if (await lessons.teach({ festival: festival.festival, ...of, seen, last }, before)) count('FestivalsLearned', 1);
  }
};

/** Their last day is folded, and the snapshot of their eve is kept still. */
const overBy = ({ runs }: PacesHead, festivals: readonly PlannedFestival[]): PlannedFestival[] =>
  festivals.filter(({ from, to }) => runs[to] !== undefined && runs[addDays(from, -1)] !== undefined);

type Year = Awaited<ReturnType<FestivalCalendar>>;

/** Outlet by outlet, so that a month of closes is never held at once; added up in the order of their ids, so that the same closes come to the same bits. */
const seenIn = async (
  festival: PlannedFestival,
  { festivals, shelf }: Year,
  paceOf: Parameters<typeof seenOn>[1],
  outlets: readonly Outlet[],
  apart: Apart,
  deps: CalibrateSeasonsDeps,
): Promise<Seen> => {
  const others = festivals.filter((other) => other.festival !== festival.festival);
  const found = new Map<string, Seen>();
  const its = outlets.filter(({ entry }) => (festival.district ?? entry.district) === entry.district);
  await atOnce(AT_ONCE, its, async ({ id, entry: { district } }) => {
    const outlet = LocationId.parse(id);
    const closes = await apart.try(outlet, () => deps.closes.between(outlet, festival, 'surely'));
    if (!closes) return;
    const productOf = await productsIn(closes, deps);
    const soldIn = (close: Close): SoldThere[] =>
      soldOn([close], productOf, (_, product) => factorOn(others, shelf(product, district), close.day)).filter(
        ({ product }) => isOf(festival, shelf(product, district)),
      );
    found.set(
      id,
      closes.reduce((seen, close) => seenOn(seen, paceOf, soldIn(close)), NOTHING_SEEN),
    );
  });
  const inOrder = [...found].sort(([one], [other]) => (one < other ? -1 : 1));
  return inOrder.map(([, seen]) => seen).reduce(added, NOTHING_SEEN);
};

const productsIn = async (
  closes: readonly Close[],
  { registry }: CalibrateSeasonsDeps,
): Promise<Parameters<typeof soldOn>[1]> => {
  const named = new Set(closes.flatMap((close) => close.items.map(({ item }) => item)));
  const items = await registry.entries('items', named);
  return (item) => items.get(item)?.entry.product;
};
