import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNumber } from '../../shared/kernel/sum.ts';
import { decodeItem, decodeResponse, encodeRequest } from '../../shared/platform/dynamodb-values.ts';

describe('Items are written and read as by the SDK:', () => {
  it('any item.', () => {
    fc.assert(
      fc.property(item, (one) => {
        const { Item } = encodeRequest({ Item: one }) as { Item: object };
        const stored = marshall(one, { removeUndefinedValues: true });
        expect(onWire(Item)).toEqual(onWire(stored));
        expect(decodeItem(onWire(Item) as object)).toEqual(unmarshall(stored, { wrapNumbers: parseNumber }));
        expect(decodeItem(stored)).toEqual(unmarshall(stored, { wrapNumbers: parseNumber }));
      }),
    );
  });

  it.each([
    ['a number that is not exact', 2 ** 53],
    ['no number', Number.NaN],
    ['an empty set', new Set()],
    ['a date', new Date(0)],
  ])('%s is refused.', (_says, refused) => {
    expect(() => encodeRequest({ Item: { refused } })).toThrow();
    expect(() => marshall({ refused }, { removeUndefinedValues: true })).toThrow();
  });
});

it('Items are found at any depth of a request, and nothing else is changed.', () => {
  const Update = {
    TableName: 'T',
    Key: { id: 'x' },
    UpdateExpression: 'ADD #n :n',
    ExpressionAttributeNames: { '#n': 'Item' },
  };
  const Keys = [{ id: 'x' }, { id: 'y' }];
  expect(
    encodeRequest({
      TransactItems: [{ Update: { ...Update, ExpressionAttributeValues: { ':n': 1 } } }],
      RequestItems: { T: { Keys, ConsistentRead: true } },
      ExclusiveStartKey: undefined,
    }),
  ).toEqual({
    TransactItems: [
      { Update: { ...Update, Key: { id: { S: 'x' } }, ExpressionAttributeValues: { ':n': { N: '1' } } } },
    ],
    RequestItems: { T: { Keys: [{ id: { S: 'x' } }, { id: { S: 'y' } }], ConsistentRead: true } },
  });
});

it('The items of a batch come by table.', () => {
  const x = { id: { S: 'x' } };
  expect(decodeResponse({ Responses: { T: [x] }, UnprocessedKeys: { U: { Keys: [x] } } })).toEqual({
    Responses: { T: [{ id: 'x' }] },
    UnprocessedKeys: { U: { Keys: [{ id: 'x' }] } },
  });
  expect(decodeResponse({ Items: [x], LastEvaluatedKey: x, Count: 1 })).toEqual({
    Items: [{ id: 'x' }],
    LastEvaluatedKey: { id: 'x' },
    Count: 1,
  });
});

const scalar = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
  fc.bigInt({ min: 2n ** 53n, max: 10n ** 37n }),
  fc.boolean(),
  fc.constant(null),
  fc.uint8Array(),
  fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }).map((texts) => new Set(texts)),
);

/** The SDK takes a map with a member `constructor` for an instance of a class. */
const name = fc.string({ minLength: 1 }).filter((text) => text !== 'constructor' && text !== '__proto__');

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(fc.option(tie('value'), { nil: undefined })),
    fc.dictionary(name, fc.option(tie('value'), { nil: undefined })),
  ),
}));

const item = fc.dictionary(name, value);

/** Bytes are base64 on the wire. */
const onWire = (stored: unknown): unknown =>
  JSON.parse(
    JSON.stringify(stored, (_name, one) => (one instanceof Uint8Array ? Buffer.from(one).toString('base64') : one)),
  );
