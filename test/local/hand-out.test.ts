import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { expect, it, vi } from 'vitest';
import { deliverRecords, EVALUATE_STOCK } from '../../local/deliver-records.ts';

const stream: DynamoDBRecord[] = ['1', '2', '3', '4'].map((SequenceNumber) => ({ dynamodb: { SequenceNumber } }));

/** A function that fails a record so often, and the batches that it received, one string each. */
const failing = (often: Record<string, number>) => {
  const batches: string[] = [];
  const watch = async ({ Records }: DynamoDBStreamEvent) => {
    const numbers = Records.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? '');
    batches.push(numbers.join(''));
    const failed = numbers.filter((number) => (often[number] ?? 0) > 0);
    for (const number of failed) often[number] = (often[number] ?? 0) - 1;
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
  return { batches, watch };
};

it('A failed record comes again with all after it, as Lambda does with a stream.', async () => {
  const { batches, watch } = failing({ 2: 1, 4: 2 });
  await deliverRecords(stream, { ...EVALUATE_STOCK, watch });
  expect(batches).toEqual(['1234', '234', '4']);
});

it('A record that always fails is skipped and reported after three tries.', async () => {
  const said = vi.spyOn(console, 'error').mockReturnValue(undefined);
  const { batches, watch } = failing({ 2: 9 });
  await deliverRecords(stream, { ...EVALUATE_STOCK, watch });
  expect(batches).toEqual(['1234', '234', '234', '34']);
  expect(said).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('gave up'));
  said.mockRestore();
});
