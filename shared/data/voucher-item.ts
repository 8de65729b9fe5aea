import { createHash } from 'node:crypto';
import * as z from 'zod';
import { instantOf, millisecondsOf } from '../domain/time.ts';
import { canonical } from '../domain/vouchers/claim.ts';
import { type Claim, isCancelled, Voucher } from '../domain/vouchers/voucher.ts';
import { ledgerKey, placeOf } from './ledger-keys.ts';

/**
 * A voucher as DynamoDB keeps it. Units are paid per KB, and names count: lines are lists, whose places are given below, so that a
 * sale of 40 lines is under 2 KB. `recordedBy` tells our own lost answer from another's repeat.
 */
const Stored = z.object({
  daybook: z.string(),
  entry: z.string(),
  seller: z.string(),
  occurredAt: z.number(),
  recordedAt: z.number(),
  recordedBy: z.string(),
  enteredBy: z.string(),
  goodsInHand: z.boolean().optional(),
  claimHash: z.instanceof(Uint8Array),
  /** The claim without what is said elsewhere: kind, time, lines. */
  claim: z.record(z.string(), z.unknown()),
  /** S: item, quantity, unitPrice, discount, GST basis points, taxable, half the tax. R: item, quantity, unitCost. A: item, quantity. */
  lines: z.array(z.array(z.union([z.string(), z.number(), z.null()]))).optional(),
  total: z.number().optional(),
});
type Stored = z.infer<typeof Stored>;
type StoredLine = NonNullable<Stored['lines']>[number];

export const hashOf = (claim: Claim): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(canonical(claim)).digest());

export const toItem = (voucher: Voucher, recordedBy: string): Stored => {
  const { claim, outcome, admission } = voucher;
  const { kind: _kind, occurredAt, ...rest } = claim;
  const said: Record<string, unknown> = { ...rest };
  delete said.lines;
  return {
    ...ledgerKey(voucher.location, voucher.number),
    seller: voucher.seller,
    occurredAt: millisecondsOf(occurredAt),
    recordedAt: millisecondsOf(voucher.recordedAt),
    recordedBy,
    enteredBy: voucher.enteredBy,
    ...(admission.goodsInHand && { goodsInHand: true }),
    claimHash: hashOf(claim),
    claim: said,
    ...(!isCancelled(claim) && { lines: packLines(claim, outcome) }),
    ...('total' in outcome && { total: outcome.total }),
  };
};

const packLines = (claim: Exclude<Claim, { cancelled: string }>, outcome: Voucher['outcome']): StoredLine[] => {
  switch (claim.kind) {
    case 'S':
      return claim.lines.map(({ item, quantity, unitPrice, discount = null }, at) => {
        const tax = 'tax' in outcome ? outcome.tax[at] : undefined;
        if (!tax) throw new Error('a sale has the tax of each line');
        return [item, quantity, unitPrice, discount, tax.gstBasisPoints, tax.taxable, tax.cgst];
      });
    case 'R':
      return claim.lines.map(({ item, quantity, unitCost = null }) => [item, quantity, unitCost]);
    case 'A':
      return claim.lines.map(({ item, quantity }) => [item, quantity]);
  }
};

/** The voucher that an item keeps, parsed: what does not fit its schema is a fault of ours, and is thrown. */
export const toVoucher = (item: unknown): Voucher => {
  const stored = Stored.parse(item);
  const { location, number } = placeOf(stored);
  const kind = number[5];
  const lines = stored.lines?.map((line) => unpackLine(kind, line));
  return Voucher.parse({
    number,
    location,
    seller: stored.seller,
    claim: { kind, occurredAt: instantOf(stored.occurredAt), ...stored.claim, ...(lines && { lines }) },
    admission: { way: 'live', goodsInHand: stored.goodsInHand ?? false },
    outcome: stored.total === undefined ? {} : { total: stored.total, tax: (stored.lines ?? []).map(unpackTax) },
    recordedAt: instantOf(stored.recordedAt),
    enteredBy: stored.enteredBy,
  });
};

const unpackLine = (kind: string | undefined, [item, quantity, money, discount]: StoredLine) => ({
  item,
  quantity,
  ...(kind === 'S' && { unitPrice: money, ...(discount !== null && { discount }) }),
  ...(kind === 'R' && money !== null && { unitCost: money }),
});

const unpackTax = ([, , , , gstBasisPoints, taxable, half]: StoredLine) => ({
  gstBasisPoints,
  taxable,
  cgst: half,
  sgst: half,
});

/** What a stored item says of itself without being unpacked. */
export const identityOf = (item: unknown) => Stored.pick({ claimHash: true, recordedBy: true }).parse(item);
