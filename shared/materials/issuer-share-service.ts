import type { StockLocationId } from '../kernel/ids.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import { issuerShareIn } from './separation-of-duties.ts';

/** The share in force, in percent. */
export const issuerShareAt = async (
  depot: StockLocationId,
  { registry }: { readonly registry: RegistryStore },
): Promise<number> => {
  const entry = (await registry.entry('depots', depot))?.entry;
  const district = entry && (await registry.entry('districts', entry.district))?.entry;
  return issuerShareIn(entry ?? {}, district);
};
