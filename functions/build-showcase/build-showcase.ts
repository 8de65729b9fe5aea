import { isPublic } from '../../shared/billing/public-page.ts';
import { type DistrictId, ItemId, OutletId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { type Clock, dayOf } from '../../shared/kernel/time.ts';
import type { AreaMessage } from '../../shared/platform/jobs.ts';
import { concurrently } from '../../shared/platform/tasks.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { type PublicSite, publishPages } from '../../shared/showcase/publish-service.ts';
import { ShowcaseDistrict, showcaseOf } from '../../shared/showcase/showcase.ts';
import { districtDataPath, districtPages, statePages } from '../../shared/showcase/site-pages.ts';
import type { StockRow } from '../../shared/stock/stock.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';

const CONCURRENCY = 8;

type BuildShowcaseDeps = {
  readonly clock: Clock;
  readonly count: CountMetric;
  readonly registry: RegistryStore;
  readonly site: PublicSite;
  readonly stock: StockStore;
};

/**
 * A district's message writes its pages and feeds; the state's message those that list all
 * districts.
 */
export const buildShowcase = async ({ area }: AreaMessage, deps: BuildShowcaseDeps): Promise<void> => {
  const { site, count } = deps;
  const origin = site.origin();
  const pages =
    area === 'state'
      ? statePages(await publishedDistricts(deps), origin)
      : await readDistrict(area, deps).then((district) => (district ? districtPages(district, origin) : []));
  const { written, removed, finish } = await publishPages(site.files, area, pages);
  count('PagesWritten', written + removed);
  finish();
};

/** Districts of the registry whose own message has written their data. */
const publishedDistricts = async ({ registry, site }: BuildShowcaseDeps): Promise<ShowcaseDistrict[]> => {
  const districts = await allPages((after) => registry.list('districts', after));
  const texts = new Map<string, string>();
  await concurrently(CONCURRENCY, districts, async ({ id }) => {
    const text = await site.files.read(districtDataPath(id));
    if (text !== undefined) texts.set(id, text);
  });
  return districts.flatMap(({ id }) => {
    const text = texts.get(id);
    return text === undefined ? [] : [ShowcaseDistrict.parse(JSON.parse(text))];
  });
};

const readDistrict = async (
  district: DistrictId,
  { registry, stock, clock }: BuildShowcaseDeps,
): Promise<ShowcaseDistrict | undefined> => {
  const entry = await registry.read('districts', district);
  if (!entry) return undefined;
  const [products, allItems] = await Promise.all([
    allPages((after) => registry.list('products', after)),
    allPages((after) => registry.list('items', after)),
  ]);
  const own = new Set(
    products.flatMap(({ id, entry: one }) => (one.district === district && isPublic(one) ? [id] : [])),
  );
  const made = allItems.filter((item) => own.has(item.entry.product));
  const open = await registry.openItems(made, dayOf(clock.now()));
  const items = made
    .filter(({ id }) => open.has(id))
    .map((item) => ({ id: ItemId.parse(item.id), entry: item.entry, updatedAt: item.updatedAt }));
  const shelves: StockRow[] = [];
  await concurrently(CONCURRENCY, items, async ({ id }) => {
    const rows = await allPages((after) => stock.where(id, after));
    shelves.push(...rows.filter(({ location }) => OutletId.safeParse(location).success));
  });
  const makers = items.flatMap(({ entry: { makers = [] } }) => makers);
  const [sellers, producers, consents, outlets] = await Promise.all([
    registry.entries(
      'sellers',
      items.map((item) => item.entry.seller),
    ),
    registry.entries('producers', makers),
    // Not cached: a withdrawal counts at once.
    registry.entriesNow('consents', makers),
    registry.entries(
      'outlets',
      shelves.map(({ location }) => location),
    ),
  ]);
  return showcaseOf({
    district,
    entry: entry.entry,
    items,
    shelves,
    sellers: entriesOf(sellers),
    producers: entriesOf(producers),
    consents: entriesOf(consents),
    outlets: entriesOf(outlets),
    at: clock.now(),
  });
};

const entriesOf = <Id extends string, Entry>(found: ReadonlyMap<Id, { readonly entry: Entry }>) =>
  new Map<string, Entry>([...found].map(([id, { entry }]) => [id, entry]));
