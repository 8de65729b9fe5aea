import type { ItemId, LocationId, ProducerId } from '../../shared/domain/ids.ts';
import { entitledByDefault } from '../../shared/domain/materials/passbook.ts';
import type { Season } from '../../shared/domain/materials/season.ts';
import type { Composition } from '../../shared/runtime/composition.ts';

type Whose = { readonly producer: ProducerId; readonly depot: LocationId; readonly season: Season };

/** Opens the accounts that are not open yet, with what is entitled by default; nothing else changes, so a repeat or a crash harms nobody. */
export const openAccounts = async (
  { producer, depot, season }: Whose,
  materials: readonly ItemId[],
  { passbook, registry }: Pick<Composition, 'passbook' | 'registry'>,
): Promise<void> => {
  const place = (await registry.entry('depots', depot))?.entry;
  const whose = (await registry.entry('producers', producer))?.entry;
  const items = await registry.entries('items', materials);
  const opened = await passbook.opened(producer, season, materials);
  for (const item of materials) {
    if (opened.has(item)) continue;
    const which = { producer, season, item };
    const entitlement = items.get(item)?.entry.entitlement;
    await passbook.open(which, entitledByDefault(item, { entitlement }, whose ?? {}, place ?? {}));
  }
};
