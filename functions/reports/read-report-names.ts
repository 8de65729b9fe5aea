import { DepotId, DistrictId, ItemId, OutletId, SellerId, StockLocationId } from '../../shared/kernel/ids.ts';
import type { CsvTableRow } from '../../shared/platform/operation-contract.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import type { ReportNames } from '../../shared/reports/report-names.ts';

export type ReportNamesDeps = { readonly registry: RegistryStore };

/** Producers are left out: a report of stock needs no names of people. */
export const readReportNames = async (
  rows: readonly CsvTableRow[],
  { registry }: ReportNamesDeps,
): Promise<ReportNames> => {
  const idsIn = (...columns: string[]) => [
    ...new Set(rows.flatMap((row) => columns.map((column) => row[column])).filter((id) => typeof id === 'string')),
  ];
  const locations = idsIn('location', 'from');
  const [districts, outlets, depots, sellers, items] = await Promise.all([
    registry.entries(
      'districts',
      idsIn('district').map((id) => DistrictId.parse(id)),
    ),
    registry.entries(
      'outlets',
      locations.filter((id) => OutletId.safeParse(id).success).map((id) => StockLocationId.parse(id)),
    ),
    registry.entries(
      'depots',
      locations.filter((id) => DepotId.safeParse(id).success).map((id) => StockLocationId.parse(id)),
    ),
    registry.entries(
      'sellers',
      idsIn('seller').map((id) => SellerId.parse(id)),
    ),
    registry.entries(
      'items',
      idsIn('item').map((id) => ItemId.parse(id)),
    ),
  ]);
  const namesOf = <Id extends string>(found: ReadonlyMap<Id, { readonly entry: { readonly name: string } }>) =>
    [...found].map(([id, { entry }]) => ({ id, name: entry.name }));
  return {
    districts: namesOf(districts),
    locations: [...namesOf(outlets), ...namesOf(depots)],
    sellers: namesOf(sellers),
    items: [...items].map(([id, { entry }]) => ({ id, name: entry.name, nameHi: entry.nameHi, unit: entry.unit })),
  };
};
