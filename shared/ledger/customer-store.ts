import type { LocationId } from '../kernel/ids.ts';
import type { Page, PagePosition } from '../kernel/pages.ts';
import { type Instant, millisecondsOf } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { GetCommand, PutCommand, UpdateCommand } from '../platform/dynamodb-commands.ts';
import { isConditionalCheckFailed } from '../platform/dynamodb-errors.ts';
import { partitionEquals, queryPage } from '../platform/query-page.ts';
import { Customer, isSamePhone, subscriberDigits } from './customer.ts';

type CustomerKey = { readonly location: LocationId; readonly number: VoucherNumber };
const customerKey = ({ location, number }: CustomerKey) => ({ location, voucher: number });

/** Written in the sale's transaction for 2 units. DynamoDB deletes it after `lapsesAt`. */
export const customerPut = (TableName: string, key: CustomerKey, customer: Customer) => ({
  TableName,
  Item: { ...customerKey(key), ...customer, lapsesAt: Math.ceil(millisecondsOf(customer.until) / 1_000) },
});

export type CustomerStore = ReturnType<typeof customerStore>;

/** Separate from vouchers, which are never deleted. */
export const customerStore = ({ client, name }: Tables) => {
  const ifThere = async (write: Promise<unknown>): Promise<void> => {
    try {
      await write;
    } catch (error) {
      if (!isConditionalCheckFailed(error)) throw error;
    }
  };
  return {
    /** For a held sale. A resent sale does not restore an erased phone. */
    keep: (key: CustomerKey, customer: Customer): Promise<void> => {
      const ConditionExpression = 'attribute_not_exists(voucher)';
      return ifThere(
        client.send(new PutCommand({ ...customerPut(name('Customers'), key, customer), ConditionExpression })),
      );
    },

    /** Undefined once erased or expired, even before DynamoDB deletes the row. */
    find: async (key: CustomerKey, now: Instant): Promise<Customer | undefined> => {
      const get = { TableName: name('Customers'), Key: customerKey(key), ConsistentRead: true };
      const { Item } = await client.send(new GetCommand(get));
      const { data: found } = Customer.strip().safeParse(Item);
      return found && found.until > now ? found : undefined;
    },

    /** Reads every customer of the location. Spelling of the phone does not matter. */
    withPhone: async (location: LocationId, phone: string, after?: PagePosition): Promise<Page<VoucherNumber>> => {
      const pageKeys = { fixedKeys: { location }, positionKeys: ['voucher'], after };
      const { ExpressionAttributeValues: values, ...ofLocation } = partitionEquals('location', location);
      const query = {
        ...ofLocation,
        FilterExpression: 'contains(phone, :digits)',
        ExpressionAttributeValues: { ...values, ':digits': subscriberDigits(phone) },
        ConsistentRead: true,
      };
      const { rows, next } = await queryPage({ client, name }, 'Customers', pageKeys, query, (row) => row);
      const same = rows.filter((row) => isSamePhone(String(row.phone), phone));
      return { rows: same.map(({ voucher }) => VoucherNumber.parse(voucher)), next };
    },

    /** The row stays without the phone, so that a repeated sale does not store the phone again. */
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
