import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { LocationId, ProducerId } from '../kernel/ids.ts';
import type { Tables } from '../platform/dynamodb-client.ts';

/** Beside a producer's accounts, whose keys begin with their season. */
const PREFIX = 'depot#';

export const isAskedDepot = ({ account }: { readonly account: string }): boolean => account.startsWith(PREFIX);

export type AskedDepotStore = ReturnType<typeof askedDepotStore>;

/** Depots outside a producer's district that the producer's own phone, or their group's, asked for materials. */
export const askedDepotStore = ({ client, name }: Tables) => {
  const keyOf = (producer: ProducerId, depot: LocationId) => ({ producer, account: `${PREFIX}${depot}` });
  return {
    add: async (producer: ProducerId, depot: LocationId): Promise<void> => {
      await client.send(new PutCommand({ TableName: name('Passbook'), Item: keyOf(producer, depot) }));
    },

    has: async (producer: ProducerId, depot: LocationId): Promise<boolean> => {
      const get = { TableName: name('Passbook'), Key: keyOf(producer, depot), ConsistentRead: true };
      return (await client.send(new GetCommand(get))).Item !== undefined;
    },
  };
};
