import type { isolateLocations } from '../../shared/alerts/failure-alert-service.ts';
import type { CloseStore } from '../../shared/day-close/close-store.ts';
import type { DayClose } from '../../shared/day-close/day-close.ts';
import { ProductId, StockLocationId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { addDays } from '../../shared/kernel/time.ts';
import { concurrently } from '../../shared/platform/tasks.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import type { EntryOf } from '../../shared/registry/entry-change.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import type { OutletProductSales } from '../../shared/replenishment/add-day-to-model.ts';
import { addDayToSample, dailySalesOf } from '../../shared/replenishment/daily-sales.ts';
import { MODEL_PARAMETERS } from '../../shared/replenishment/demand-model.ts';
import type {
  CalibrationStore,
  DemandModelHead,
  DemandModelStore,
} from '../../shared/replenishment/demand-model-store.ts';
import { demandRateReader } from '../../shared/replenishment/demand-rate.ts';
import type { FestivalCalendar } from '../../shared/replenishment/seasonal-calendar-service.ts';
import {
  addSamples,
  EMPTY_SAMPLE,
  isCalibrationOf,
  type PlannedFestival,
  type SeasonalSample,
} from '../../shared/replenishment/seasonal-calibration.ts';
import { isFestivalFor, seasonalFactorOn } from '../../shared/replenishment/seasonal-events.ts';

const CONCURRENCY = 16;

type OutletEntry = EntryOf<'outlets'>;
type IsolatedLocations = ReturnType<typeof isolateLocations>;

export type CalibrateSeasonsDeps = {
  readonly calendar: FestivalCalendar;
  readonly closes: CloseStore;
  readonly count: CountMetric;
  readonly lessons: CalibrationStore;
  readonly paces: DemandModelStore;
  readonly registry: RegistryStore;
};

/**
 * Repeats if a day changed. Skips eves in the warm-up and festivals longer than snapshots are kept.
 */
export const calibrateSeasons = async (
  outlets: readonly OutletEntry[],
  apart: IsolatedLocations,
  deps: CalibrateSeasonsDeps,
): Promise<void> => {
  const { paces, lessons, registry, calendar, count } = deps;
  const head = await paces.head();
  const ended = head ? endedFestivals(head, (await calendar([])).festivals) : [];
  if (!head || ended.length === 0) return;
  const known = new Map((await lessons.all()).map((lesson) => [lesson.festival, lesson]));
  const products = await allPages((after) => registry.list('products', after));
  const year = await calendar(products.map(({ id }) => ProductId.parse(id)));
  for (const festival of ended) {
    const before = known.get(festival.festival);
    const last = head.runs[festival.to] ?? '';
    if (before?.last === last && isCalibrationOf(festival, before)) continue;
    const eve = await paces.snapshot(head, addDays(festival.from, -1));
    if (!eve || eve.days < MODEL_PARAMETERS.warmUp) continue;
    const sample = await readSample(festival, year, demandRateReader(eve), outlets, apart, deps);
    const { from, to, craft, district } = festival;
    const scope = { from, to, ...(craft !== undefined && { craft }), ...(district !== undefined && { district }) };
    if (await lessons.teach({ festival: festival.festival, ...scope, seen: sample, last }, before))
      count('SeasonsCalibrated', 1);
  }
};

const endedFestivals = ({ runs }: DemandModelHead, festivals: readonly PlannedFestival[]): PlannedFestival[] =>
  festivals.filter(({ from, to }) => runs[to] !== undefined && runs[addDays(from, -1)] !== undefined);

type CalendarOfProducts = Awaited<ReturnType<FestivalCalendar>>;

/** Reads one outlet at a time to limit memory. Adds by id, so that equal closes give equal bits. */
const readSample = async (
  festival: PlannedFestival,
  { festivals, scope }: CalendarOfProducts,
  paceOf: Parameters<typeof addDayToSample>[1],
  outlets: readonly OutletEntry[],
  apart: IsolatedLocations,
  deps: CalibrateSeasonsDeps,
): Promise<SeasonalSample> => {
  const others = festivals.filter((other) => other.festival !== festival.festival);
  const samples = new Map<string, SeasonalSample>();
  const outletsInScope = outlets.filter(({ entry }) => (festival.district ?? entry.district) === entry.district);
  await concurrently(CONCURRENCY, outletsInScope, async ({ id, entry: { district } }) => {
    const outlet = StockLocationId.parse(id);
    const closes = await apart.try(outlet, () => deps.closes.between(outlet, festival, 'strong'));
    if (!closes) return;
    const productOf = await readProductLookup(closes, deps);
    const soldIn = (close: DayClose): OutletProductSales[] =>
      dailySalesOf([close], productOf, (_, product) =>
        seasonalFactorOn(others, scope(product, district), close.day),
      ).filter(({ product }) => isFestivalFor(festival, scope(product, district)));
    samples.set(
      id,
      closes.reduce((seen, close) => addDayToSample(seen, paceOf, soldIn(close)), EMPTY_SAMPLE),
    );
  });
  const inOrder = [...samples].sort(([one], [other]) => (one < other ? -1 : 1));
  return inOrder.map(([, seen]) => seen).reduce(addSamples, EMPTY_SAMPLE);
};

const readProductLookup = async (
  closes: readonly DayClose[],
  { registry }: CalibrateSeasonsDeps,
): Promise<Parameters<typeof dailySalesOf>[1]> => {
  const named = new Set(closes.flatMap((close) => close.items.map(({ item }) => item)));
  const items = await registry.entries('items', named);
  return (item) => items.get(item)?.entry.product;
};
