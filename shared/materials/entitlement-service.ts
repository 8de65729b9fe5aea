import type { ItemId, ProducerId, StockLocationId } from '../kernel/ids.ts';
import { concurrently } from '../platform/tasks.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import { issuerShareIn } from './confirmation.ts';
import { defaultEntitlement, type EntitlementAccount, type Season } from './entitlement-account.ts';
import type { PassbookStore } from './passbook-store.ts';

const OPEN_CONCURRENCY = 16;

type AccountsQuery = {
  readonly producer: ProducerId;
  readonly depot: StockLocationId;
  readonly season: Season;
  readonly items: readonly ItemId[];
};

export type OpenAccounts = (queries: readonly AccountsQuery[]) => Promise<AccountLookup>;

type AccountLookup = (
  query: Omit<AccountsQuery, 'items' | 'depot'>,
  item: ItemId,
) => Pick<EntitlementAccount, 'entitled' | 'left'> | undefined;

const keyOf = ({ producer, season }: Omit<AccountsQuery, 'items' | 'depot'>, item: ItemId) =>
  `${producer}#${season}#${item}`;

type Stores = { readonly passbook: PassbookStore; readonly registry: RegistryStore };

/** Opens missing accounts with the default entitlement; safe to repeat. `look` opens none. */
export const openAccounts =
  ({ passbook, registry }: Stores, mode: 'open' | 'look' = 'open'): OpenAccounts =>
  async (queries) => {
    const keys = queries.flatMap((query) => query.items.map((item) => ({ ...query, item })));
    const open = new Map(
      (await passbook.accounts(keys)).map((account) => [
        keyOf(account, account.item),
        { entitled: account.entitled as number, left: account.left as number },
      ]),
    );
    const missing = keys.filter((key) => !open.has(keyOf(key, key.item)));
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
      if (mode === 'open') await passbook.open({ producer, season, item }, entitled);
      open.set(keyOf({ producer, season }, item), { entitled, left: entitled });
    });
    return (query, item) => open.get(keyOf(query, item)) as ReturnType<AccountLookup>;
  };

/** The issuer's share of confirmations in force at a depot, in percent. */
export const issuerShareAt = async (
  depot: StockLocationId,
  { registry }: { readonly registry: RegistryStore },
): Promise<number> => {
  const entry = (await registry.entry('depots', depot))?.entry;
  const district = entry && (await registry.entry('districts', entry.district))?.entry;
  return issuerShareIn(entry ?? {}, district);
};
