import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { LocationId } from '../kernel/ids.ts';
import type { Page, PagePosition } from '../kernel/pages.ts';
import { type Instant, millisecondsOf } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { partitionEquals, queryPage } from '../platform/query-page.ts';
import { Customer, isSamePhone, subscriberDigits } from './customer.ts';

type CustomerKey = { readonly location: LocationId; readonly number: VoucherNumber };
const customerKey = ({ location, number }: CustomerKey) => ({ location, voucher: number });

/** A customer's row, beside the sale: in its transaction, 2 units. DynamoDB deletes it some time after `lapsesAt`. */
export const customerPut = (TableName: string, key: CustomerKey, customer: Customer) => ({
  TableName,
  Item: { ...customerKey(key), ...customer, lapsesAt: Math.ceil(millisecondsOf(customer.until) / 1_000) },
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
    keep: (key: CustomerKey, customer: Customer): Promise<void> => {
      const ConditionExpression = 'attribute_not_exists(voucher)';
      return ifThere(
        client.send(new PutCommand({ ...customerPut(name('Customers'), key, customer), ConditionExpression })),
      );
    },

    /** `undefined` once it was erased, or its time is over, whether the row is gone already or not. */
    find: async (key: CustomerKey, now: Instant): Promise<Customer | undefined> => {
      const get = { TableName: name('Customers'), Key: customerKey(key), ConsistentRead: true };
      const { Item } = await client.send(new GetCommand(get));
      const { data: found } = Customer.strip().safeParse(Item);
      return found && found.until > now ? found : undefined;
    },

    /** The sales of a location whose customer's phone this is, however it was written. Reads all that the location keeps. */
    withPhone: async (location: LocationId, phone: string, after?: PagePosition): Promise<Page<VoucherNumber>> => {
      const walk = { fixed: { location }, moving: ['voucher'], after };
      const { ExpressionAttributeValues: values, ...ofLocation } = partitionEquals('location', location);
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
    erase: (key: CustomerKey, now: Instant): Promise<void> =>
      ifThere(
        client.send(
          new UpdateCommand({
            TableName: name('Customers'),
            Key: customerKey(key),
            UpdateExpression: 'SET erasedAt = :now REMOVE phone',
            ConditionExpression: 'attribute_exists(phone)',
            ExpressionAttributeValues: { ':now': now },
          }),
        ),
      ),
  };
};
