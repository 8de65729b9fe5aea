import type { Tables } from '../platform/dynamodb-client.ts';
import { PutCommand } from '../platform/dynamodb-commands.ts';
import { isConditionalCheckFailed } from '../platform/dynamodb-errors.ts';
import { decodeItem } from '../platform/dynamodb-values.ts';
import { SameReference, type Voucher } from './voucher.ts';

/** A bank's retrieval reference number (RRN). Other references may repeat. */
const RRN = /^\d{12}$/;

const referencesOf = ({ claim }: Pick<Voucher, 'claim'>): string[] =>
  'payments' in claim
    ? [
        ...new Set(
          claim.payments.flatMap(({ tender, reference }) =>
            tender === 'upi' && reference !== undefined && RRN.test(reference) ? [reference] : [],
          ),
        ),
      ]
    : [];

export type PaymentReferenceStore = ReturnType<typeof paymentReferenceStore>;

export const paymentReferenceStore = ({ client, name }: Tables) => {
  const keep = async (reference: string, { number, location }: Voucher): Promise<SameReference[]> => {
    try {
      await client.send(
        new PutCommand({
          TableName: name('Ledger'),
          Item: { daybook: `upi#${reference}`, entry: 'sale', number, location },
          ConditionExpression: 'attribute_not_exists(daybook) OR #number = :number',
          ExpressionAttributeNames: { '#number': 'number' },
          ExpressionAttributeValues: { ':number': number },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return [];
    } catch (error) {
      if (!isConditionalCheckFailed(error) || !error.Item) throw error;
      const { number: other, location: at } = decodeItem(error.Item);
      return [SameReference.parse({ reference, number: other, location: at })];
    }
  };
  return {
    /** Other sales with the same RRN. If this write fails, the repeat of the sale tells. */
    keep: async (voucher: Voucher): Promise<{ readonly sameReference?: SameReference[] }> => {
      const found = (await Promise.all(referencesOf(voucher).map((one) => keep(one, voucher)))).flat();
      return found.length > 0 ? { sameReference: found } : {};
    },
  };
};
