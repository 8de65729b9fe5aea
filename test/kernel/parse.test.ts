import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { isRefusal, parse } from '../../shared/kernel/refusal.ts';
import { Receipt } from '../../shared/ledger/kinds/receipt.ts';
import { LiveVoucher } from '../../shared/ledger/voucher-contract.ts';

const line = { item: 'LKO-KURTA-01', quantity: 1, unitPrice: 89_900 };
const sale = {
  kind: 'S',
  occurredAt: '2026-11-22T05:00:00Z',
  by: 'S001',
  previous: null,
  lines: [line],
  payments: [{ tender: 'cash', amount: 89_900 }],
};

const cancelled = { kind: 'R', occurredAt: '2026-11-22T05:00:00Z', by: 'S001', previous: null, cancelled: 'torn' };

const fieldsOf = (schema: z.ZodType, input: unknown) => {
  const read = parse(schema, input);
  if (!isRefusal(read)) return [];
  return read.facts && 'fields' in read.facts ? read.facts.fields.map(({ path }) => path) : ['no facts'];
};

describe('Fields that a problem names', () => {
  it.each`
    why                                  | body                                                          | fields
    ${'nothing is wrong'}                | ${sale}                                                       | ${[]}
    ${'nothing is wrong, cancelled'}     | ${cancelled}                                                  | ${[]}
    ${'a quantity of nought'}            | ${{ ...sale, lines: [line, { ...line, quantity: 0 }] }}       | ${['lines.1.quantity']}
    ${'a quantity in words'}             | ${{ ...sale, lines: [{ ...line, quantity: '2' }] }}           | ${['lines.0.quantity']}
    ${'a part of a piece'}               | ${{ ...sale, lines: [{ ...line, quantity: 1.5 }] }}           | ${['lines.0.quantity']}
    ${'a price below nought'}            | ${{ ...sale, lines: [{ ...line, unitPrice: -1 }] }}           | ${['lines.0.unitPrice']}
    ${'a discount above its line'}       | ${{ ...sale, lines: [{ ...line, discount: 90_000 }] }}        | ${['lines.0.discount']}
    ${'an item that is a trick'}         | ${{ ...sale, lines: [{ ...line, item: 'constructor' }] }}     | ${['lines.0.item']}
    ${'no lines'}                        | ${{ ...sale, lines: [] }}                                     | ${['lines']}
    ${'41 lines'}                        | ${{ ...sale, lines: Array.from({ length: 41 }, () => line) }} | ${['lines']}
    ${'an unknown field'}                | ${{ ...sale, colour: 'red' }}                                 | ${['colour']}
    ${'an unknown field of a line'}      | ${{ ...sale, lines: [{ ...line, colour: 'red' }] }}           | ${['lines.0.colour']}
    ${'two unknown fields'}              | ${{ ...sale, colour: 'red', size: 'M' }}                      | ${['colour', 'size']}
    ${'no payments'}                     | ${{ ...sale, payments: undefined }}                           | ${['payments']}
    ${'a tender that is none'}           | ${{ ...sale, payments: [{ tender: 'gold', amount: 1 }] }}     | ${['payments.0.tender']}
    ${'goods in hand in words'}          | ${{ ...sale, goodsInHand: 'yes' }}                            | ${['goodsInHand']}
    ${'a time that is none'}             | ${{ ...sale, occurredAt: 'noon' }}                            | ${['occurredAt']}
    ${'a number before it that is none'} | ${{ ...sale, previous: '7' }}                                 | ${['previous']}
    ${'several at once'}                 | ${{ ...sale, by: '?', lines: [{ ...line, quantity: 0 }] }}    | ${['by', 'lines.0.quantity']}
    ${'cancelled for no reason'}         | ${{ ...cancelled, cancelled: ' ' }}                           | ${['cancelled']}
    ${'cancelled with a note'}           | ${{ ...cancelled, note: 'torn' }}                             | ${['note']}
    ${'a kind that is none'}             | ${{ ...sale, kind: 'X' }}                                     | ${['kind']}
    ${'no kind'}                         | ${{ ...sale, kind: undefined }}                               | ${['kind']}
    ${'not an object'}                   | ${[]}                                                         | ${['']}
    ${'null'}                            | ${null}                                                       | ${['']}
  `('$why: $fields', ({ body, fields }) => {
    expect(fieldsOf(LiveVoucher, body)).toEqual(fields);
  });

  it.each`
    from                                    | fields
    ${{ supplier: '' }}                     | ${['from.supplier']}
    ${{ producer: 'P1' }}                   | ${['from.producer']}
    ${{ producer: 'P0042', supplier: 'x' }} | ${['from.producer']}
  `('from $from: of a choice inside a field, the branch that was meant speaks', ({ from, fields }) => {
    const { cancelled: _reason, ...header } = cancelled;
    const lines = [{ item: 'LKO-KURTA-01', quantity: 1 }];
    expect(fieldsOf(Receipt, { ...header, lines, from })).toEqual(fields);
  });
});

it('A refusal names three fields in its detail, and all in its facts.', () => {
  const schema = z.strictObject({ a: z.int(), b: z.int(), c: z.int(), d: z.int() });
  const refusal = parse(schema, {});
  expect(refusal).toMatchObject({
    refused: 'INVALID_REQUEST',
    detail: expect.stringMatching(/^a: .*; b: .*; c: .*; and more\.$/),
  });
  expect(fieldsOf(schema, {})).toEqual(['a', 'b', 'c', 'd']);
});

it('Readable input comes back as its schema parses it.', () => {
  expect(parse(z.object({ at: z.string().trim() }), { at: ' noon ' })).toEqual({ parsed: { at: 'noon' } });
});
