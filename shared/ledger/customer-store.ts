import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Place } from '../kernel/ids.ts';
import type { Page, Position } from '../kernel/pages.ts';
import { type Instant, millisecondsOf } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { queryPage, within } from '../platform/query-page.ts';
import { Customer, isSamePhone, subscriberDigits } from './customer.ts';

type Key = { readonly location: Place; readonly number: VoucherNumber };
const keyOf = ({ location, number }: Key) => ({ location, voucher: number });

/** A customer's row, beside the sale: in its transaction, 2 units. DynamoDB deletes it some time after `lapsesAt`. */
export const customerPut = (TableName: string, key: Key, customer: Customer) => ({
  TableName,
  Item: { ...keyOf(key), ...customer, lapsesAt: Math.ceil(millisecondsOf(customer.until) / 1_000) },
});

export type CustomerStore = ReturnType<typeof customerStore>;

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

    /** The sales of a location whose customer's phone this is, however it was written. Reads all that the location keeps. */
    withPhone: async (location: Place, phone: string, after?: Position): Promise<Page<VoucherNumber>> => {
      const walk = { fixed: { location }, moving: ['voucher'], after };
      const { ExpressionAttributeValues: values, ...ofLocation } = within('location', location);
      const query = {
        ...ofLocation,
        FilterExpression: 'contains(phone, :digits)',
        ExpressionAttributeValues: { ...values, ':digits': subscriberDigits(phone) },
        ConsistentRead: true,
      };
      const { rows, next } = await queryPage({ client, name }, 'Customers', walk, query, (row) => row);
      const same = rows.filter((row) => isSamePhone(String(row.phone), phone));
      return { rows: same.map(({ voucher }) => VoucherNumber.parse(voucher)), next };
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
