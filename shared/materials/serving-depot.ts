import type { DistrictId, StockLocationId } from '../kernel/ids.ts';
import type { Producer } from '../registry/entries.ts';

export const isServedBy = (
  { district, depots = [] }: Pick<Producer, 'district' | 'depots'>,
  depot: StockLocationId,
  districtOfDepot: DistrictId | undefined,
): boolean => district === districtOfDepot || depots.includes(depot);
