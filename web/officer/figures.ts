import type { AlertCount } from '../../shared/alerts/alert-contract.ts';
import type { AreaId, DistrictId } from '../../shared/kernel/ids.ts';
import { addUp, type Sum } from '../../shared/kernel/sum.ts';
import { addDays, type Day } from '../../shared/kernel/time.ts';
import { allPages, api } from '../app/api.ts';
import { areasOfOfficer, loadDistricts, loadPlaces } from './areas.ts';
import { bodyOf } from './loading.tsx';

export const METRICS = ['sales', 'out', 'silent', 'open'] as const;
export type Metric = (typeof METRICS)[number];

/** A district or a location. `sales`: paise net of refunds. `out` to `held`: present alerts. */
export type PlaceFigures = { readonly id: string; readonly sales: Sum; readonly bills: number } & Readonly<
  Record<'out' | 'silent' | 'open' | 'held', number>
>;

type Window = { readonly from: Day; readonly to: Day };

export const windowUpTo = (to: Day, days: number): Window => ({ from: addDays(to, 1 - days), to });

type Takings = { readonly sales: number; readonly net: Sum };

const figuresOf = (id: string, takings: Takings | undefined, counts: readonly AlertCount[]): PlaceFigures => {
  const unresolved = (type: string) => addUp(counts.filter((one) => one.type === type).map((one) => one.unresolved));
  return {
    id,
    sales: takings?.net ?? 0,
    bills: takings?.sales ?? 0,
    out: Number(unresolved('out')),
    silent: Number(unresolved('silent')),
    held: Number(unresolved('held')),
    open: Number(addUp(counts.map((one) => one.open))),
  };
};

type Row = Takings & { readonly district?: string; readonly location?: string };

const takingsBy = async (report: 'sales-by-district' | 'sales-by-outlet', area: AreaId, window: Window) => {
  const pages = await allPages((query) => api.getReport({ path: { report }, query: { area, ...window, ...query } }));
  const rows = pages.flatMap((page) => page.rows as unknown as readonly Row[]);
  return new Map(rows.map((row) => [row.location ?? row.district ?? '', row]));
};

/** One row for each district of the officer. */
export const loadDistrictFigures = async (window: Window): Promise<readonly PlaceFigures[]> => {
  const areas = areasOfOfficer();
  const [districts, ...parts] = await Promise.all([
    loadDistricts(),
    ...areas.map(async (area) => {
      const [takings, { counts }] = await Promise.all([
        takingsBy('sales-by-district', area, window),
        bodyOf(api.countAlerts({ query: { area } })),
      ]);
      return { area, takings, counts };
    }),
  ]);
  return districts.map(({ id }) => {
    const part = parts.find(({ area }) => area === 'state' || area === id);
    // The counts of the state are by district, those of a district by location.
    const counts = part?.counts.filter(({ at }) => part.area !== 'state' || at === id) ?? [];
    return figuresOf(id, part?.takings.get(id), counts);
  });
};

/** One row for each outlet and depot of the district. */
export const loadPlaceFigures = async (district: DistrictId, window: Window): Promise<readonly PlaceFigures[]> => {
  const [places, takings, { counts }] = await Promise.all([
    loadPlaces(district),
    takingsBy('sales-by-outlet', district, window),
    bodyOf(api.countAlerts({ query: { area: district } })),
    loadDistricts(),
  ]);
  return places.map(({ id }) =>
    figuresOf(
      id,
      takings.get(id),
      counts.filter(({ at }) => at === id),
    ),
  );
};

export const totalOf = (rows: readonly PlaceFigures[]): PlaceFigures => {
  const sum = (of: (row: PlaceFigures) => Sum) => addUp(rows.map(of));
  return {
    id: 'total',
    sales: sum(({ sales }) => sales),
    bills: Number(sum(({ bills }) => bills)),
    out: Number(sum(({ out }) => out)),
    silent: Number(sum(({ silent }) => silent)),
    open: Number(sum(({ open }) => open)),
    held: Number(sum(({ held }) => held)),
  };
};

const MOST_SHADES = 4;

/** Upper bounds of up to four shades, with about as many rows in each. */
export const shadeBounds = (values: readonly number[]): readonly number[] => {
  const positive = values.filter((value) => value > 0).toSorted((one, other) => one - other);
  const bounds = Array.from({ length: MOST_SHADES }, (_, at) => {
    const last = Math.ceil(((at + 1) * positive.length) / MOST_SHADES) - 1;
    return positive[last];
  });
  return [...new Set(bounds.filter((bound) => bound !== undefined))];
};

/** 1 to 4, the darkest; 0 for a value that is not positive. */
export const shadeOf = (value: number, bounds: readonly number[]): number =>
  value <= 0 ? 0 : bounds.findIndex((bound) => value <= bound) + 1 + (MOST_SHADES - bounds.length);
