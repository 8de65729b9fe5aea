import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Place } from '../domain/ids.ts';
import { type Instant, millisecondsOf } from '../domain/time.ts';
import { Customer } from '../domain/vouchers/customer.ts';
import type { VoucherNumber } from '../domain/vouchers/number.ts';
import type { Tables } from './client.ts';

type Key = { readonly location: Place; readonly number: VoucherNumber };
const keyOf = ({ location, number }: Key) => ({ location, voucher: number });

/** A customer's row, beside the sale: in its transaction, 2 units. DynamoDB deletes it some time after `lapsesAt`. */
export const customerPut = (TableName: string, key: Key, customer: Customer) => ({
  TableName,
  Item: { ...keyOf(key), ...customer, lapsesAt: Math.ceil(millisecondsOf(customer.until) / 1_000) },
});

/** Customers' telephones, apart from the vouchers, which stay for ever. */
export const customerStore = ({ client, name }: Tables) => {
  const ifThere = async (write: Promise<unknown>): Promise<void> => {
    try {
      await write;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };
  return {
    /** Of a sale that is held. Sent again after it was erased, it stays erased. */
    keep: (key: Key, customer: Customer): Promise<void> => {
      const ConditionExpression = 'attribute_not_exists(voucher)';
      return ifThere(
        client.send(new PutCommand({ ...customerPut(name('Customers'), key, customer), ConditionExpression })),
      );
    },

    /** `undefined` once it was erased, or its time is over, whether the row is gone already or not. */
    find: async (key: Key, now: Instant): Promise<Customer | undefined> => {
      const get = { TableName: name('Customers'), Key: keyOf(key), ConsistentRead: true };
      const { Item } = await client.send(new GetCommand(get));
      const { data: found } = Customer.strip().safeParse(Item);
      return found && found.until > now ? found : undefined;
    },

    /** The row stays without the phone until its time is over, so that nobody puts the phone back. */
    erase: (key: Key, now: Instant): Promise<void> =>
      ifThere(
        client.send(
          new UpdateCommand({
            TableName: name('Customers'),
            Key: keyOf(key),
            UpdateExpression: 'SET erasedAt = :now REMOVE phone',
            ConditionExpression: 'attribute_exists(phone)',
            ExpressionAttributeValues: { ':now': now },
          }),
        ),
      ),
  };
};
