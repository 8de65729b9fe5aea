import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { ProducerId, StockLocationId } from '../kernel/ids.ts';
import type { Tables } from '../platform/dynamodb-client.ts';

/** Stored beside accounts, whose keys begin with their season. */
const DEPOT_PREFIX = 'depot#';

export const isRequestedDepot = ({ account }: { readonly account: string }): boolean =>
  account.startsWith(DEPOT_PREFIX);

export type AskedDepotStore = ReturnType<typeof requestedDepotStore>;

/** Depots outside the district that the producer's or group's phone sent a request. */
export const requestedDepotStore = ({ client, name }: Tables) => {
  const keyOf = (producer: ProducerId, depot: StockLocationId) => ({ producer, account: `${DEPOT_PREFIX}${depot}` });
  return {
    add: async (producer: ProducerId, depot: StockLocationId): Promise<void> => {
      await client.send(new PutCommand({ TableName: name('Passbook'), Item: keyOf(producer, depot) }));
    },

    has: async (producer: ProducerId, depot: StockLocationId): Promise<boolean> => {
      const get = { TableName: name('Passbook'), Key: keyOf(producer, depot), ConsistentRead: true };
      return (await client.send(new GetCommand(get))).Item !== undefined;
    },
  };
};
