import type { ItemId, ProducerId, StockLocationId } from '../kernel/ids.ts';
import { concurrently } from '../platform/concurrently.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import { defaultEntitlement, type EntitlementAccount } from './entitlement-account.ts';
import type { PassbookStore } from './passbook-store.ts';
import type { Season } from './season.ts';

const OPEN_CONCURRENCY = 16;

export type AccountsQuery = {
  readonly producer: ProducerId;
  readonly depot: StockLocationId;
  readonly season: Season;
  readonly items: readonly ItemId[];
};

export type OpenAccounts = (drawings: readonly AccountsQuery[]) => Promise<AccountLookup>;
export type AccountLookup = (
  drawing: Omit<AccountsQuery, 'items' | 'depot'>,
  item: ItemId,
) => Pick<EntitlementAccount, 'entitled' | 'left'> | undefined;

const keyOf = ({ producer, season }: Omit<AccountsQuery, 'items' | 'depot'>, item: ItemId) =>
  `${producer}#${season}#${item}`;

type Stores = { readonly passbook: PassbookStore; readonly registry: RegistryStore };

/** Opens missing accounts with the default entitlement; safe to repeat. `look` opens none. */
export const openAccounts =
  ({ passbook, registry }: Stores, only: 'open' | 'look' = 'open'): OpenAccounts =>
  async (drawings) => {
    const wanted = drawings.flatMap((drawing) => drawing.items.map((item) => ({ ...drawing, item })));
    const open = new Map(
      (await passbook.accounts(wanted)).map((account) => [
        keyOf(account, account.item),
        { entitled: account.entitled as number, left: account.left as number },
      ]),
    );
    const missing = wanted.filter((one) => !open.has(keyOf(one, one.item)));
    await registry.recollect([
      ...missing.map(({ producer }) => ({ kind: 'producers' as const, id: producer })),
      ...missing.map(({ depot }) => ({ kind: 'depots' as const, id: depot })),
      ...missing.map(({ item }) => ({ kind: 'items' as const, id: item })),
    ]);
    await concurrently(OPEN_CONCURRENCY, missing, async ({ producer, depot, season, item }) => {
      const entitled = defaultEntitlement(
        item,
        (await registry.entry('items', item))?.entry ?? {},
        (await registry.entry('producers', producer))?.entry ?? {},
        (await registry.entry('depots', depot))?.entry ?? {},
      );
      if (only === 'open') await passbook.open({ producer, season, item }, entitled);
      open.set(keyOf({ producer, season }, item), { entitled, left: entitled });
    });
    return (drawing, item) => open.get(keyOf(drawing, item)) as ReturnType<AccountLookup>;
  };
