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
import type { StockStore } from '../../shared/stock/stock-store.ts';

const CONCURRENCY = 8;

type BuildShowcaseDeps = {
  readonly clock: Clock;
  readonly count: CountMetric;
  readonly registry: RegistryStore;
  readonly site: PublicSite;
  readonly stock: StockStore;
};

/** A district writes its pages and feeds; the state those that list all districts. */
export const buildShowcase = async ({ area }: AreaMessage, deps: BuildShowcaseDeps): Promise<void> => {
  const { site, count } = deps;
  const origin = site.origin();
  const pages =
    area === 'state'
      ? statePages(await builtDistricts(deps), origin)
      : await readDistrict(area, deps).then((district) => (district ? districtPages(district, origin) : []));
  const { written, removed, finish } = await publishPages(site.files, area, pages);
  count('PagesWritten', written + removed);
  finish();
};

/** Those that a message of theirs has written. */
const builtDistricts = async ({ registry, site }: BuildShowcaseDeps): Promise<ShowcaseDistrict[]> => {
  const built: ShowcaseDistrict[] = [];
  for (const { id } of await allPages((after) => registry.list('districts', after))) {
    const stored = await site.files.read(districtDataPath(id));
    if (stored !== undefined) built.push(ShowcaseDistrict.parse(JSON.parse(stored)));
  }
  return built;
};

const readDistrict = async (
  district: DistrictId,
  { registry, stock, clock }: BuildShowcaseDeps,
): Promise<ShowcaseDistrict | undefined> => {
  const entry = await registry.read('districts', district);
  if (!entry) return undefined;
  const products = (await allPages((after) => registry.list('products', after))).filter(
    (product) => product.entry.district === district && isPublic(product.entry),
  );
  const own = new Set(products.map(({ id }) => id));
  const made = (await allPages((after) => registry.list('items', after))).filter((item) => own.has(item.entry.product));
  const open = await registry.openItems(made, dayOf(clock.now()));
  const items = made
    .filter(({ id }) => open.has(id))
    .map((item) => ({ id: ItemId.parse(item.id), entry: item.entry, updatedAt: item.updatedAt }));
  const shelves: Awaited<ReturnType<StockStore['where']>>['rows'][number][] = [];
  await concurrently(CONCURRENCY, items, async ({ id }) => {
    const rows = await allPages((after) => stock.where(id, after));
    shelves.push(...rows.filter(({ location }) => OutletId.safeParse(location).success));
  });
  const makers = items.flatMap(({ entry: { makers = [] } }) => makers);
  const entriesOf = <Id extends string, Entry>(found: ReadonlyMap<Id, { readonly entry: Entry }>) =>
    new Map<string, Entry>([...found].map(([id, one]) => [id, one.entry]));
  return showcaseOf({
    district,
    entry: entry.entry,
    items,
    shelves,
    sellers: entriesOf(
      await registry.entries(
        'sellers',
        items.map((item) => item.entry.seller),
      ),
    ),
    producers: entriesOf(await registry.entries('producers', makers)),
    // Not cached: a withdrawal counts at once.
    consents: entriesOf(await registry.entriesNow('consents', makers)),
    outlets: entriesOf(
      await registry.entries(
        'outlets',
        shelves.map(({ location }) => location),
      ),
    ),
    at: clock.now(),
  });
};
