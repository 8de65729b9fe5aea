import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCanonicalJson } from '../../shared/kernel/json.ts';
import { Voucher, VoucherClaim } from '../../shared/ledger/voucher.ts';
import { claimHashOf, identityOf, toVoucher, toVoucherItem } from '../../shared/ledger/voucher-item.ts';
import { LOOKING, claims as plain, vouchers } from '../kit/arbitraries.ts';
import { runs } from '../kit/runs.ts';

const claims = fc.oneof(plain, ...Object.values(LOOKING));

describe('Claim', () => {
  it('A claim is the same in any order of fields, as text and as hash.', () => {
    fc.assert(
      fc.property(claims, (claim) => {
        const other = VoucherClaim.parse(reordered(claim));
        expect(toCanonicalJson(reordered(claim))).toBe(toCanonicalJson(claim));
        expect(claimHashOf(other)).toEqual(claimHashOf(claim));
      }),
    );
  });

  it('A claim differs as soon as one value differs.', () => {
    fc.assert(
      fc.property(claims, (claim) => {
        const all = [claim, ...changed(claim)];
        expect(new Set(all.map(toCanonicalJson)).size).toBe(all.length);
        const hashes = all.map((one) => Buffer.from(claimHashOf(one as VoucherClaim)).toString('hex'));
        expect(new Set(hashes).size).toBe(all.length);
      }),
    );
  });

  it('A claim differs with its lines in another order, as they are printed.', () => {
    fc.assert(
      fc.property(claims, (claim) => {
        fc.pre('lines' in claim && toCanonicalJson(claim.lines[0]) !== toCanonicalJson(claim.lines.at(-1)));
        expect(toCanonicalJson({ ...claim, lines: 'lines' in claim && claim.lines.toReversed() })).not.toBe(
          toCanonicalJson(claim),
        );
      }),
    );
  });

  it('A claim parsed twice is the same.', () => {
    fc.assert(
      fc.property(claims, (claim) => {
        expect(VoucherClaim.parse(claim)).toEqual(claim);
      }),
    );
  });
});

describe('Voucher of any kind', () => {
  it('A voucher comes back from the ledger as it was stored.', { tags: 'property' }, () => {
    fc.assert(
      fc.property(vouchers, (voucher) => {
        expect(Voucher.parse(voucher)).toEqual(voucher);
        expect(toVoucher(stored(voucher, 'us'))).toEqual(voucher);
      }),
      { numRuns: runs(500) },
    );
  });

  it('The author and claim of a stored voucher can be read without unpacking.', () => {
    fc.assert(
      fc.property(vouchers, fc.string({ minLength: 1 }), (voucher, recordedBy) => {
        const { claimHash, ...identity } = identityOf(stored(voucher, recordedBy));
        expect(identity).toEqual({ recordedBy });
        expect(Buffer.compare(claimHash, claimHashOf(toVoucher(stored(voucher, recordedBy)).claim))).toBe(0);
      }),
    );
  });
});

it('A claim of 2026 hashes as it did in 2026, so that a repeat stays a repeat.', () => {
  const claim = VoucherClaim.parse({
    kind: 'S',
    occurredAt: '2026-11-22T05:00:00Z',
    by: 'S001',
    previous: null,
    lines: [{ item: 'LKO-KURTA-M', quantity: 2, unitPrice: 89_900 }],
    payments: [{ tender: 'upi', amount: 179_800 }],
  });
  expect(Buffer.from(claimHashOf(claim)).toString('hex')).toBe(
    '7894a52cd8950bb762dd66a7bfa223796ded4e914c785f44ba206bf4f912dfbb',
  );
});

/** The same value, every object's fields written the other way round. */
const reordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).toReversed();
  return Object.fromEntries(fields.map(([key, inner]) => [key, reordered(inner)]));
};

/** All values that differ from this one in one leaf. */
const changed = (value: unknown): unknown[] => {
  if (Array.isArray(value)) return value.flatMap((inner, at) => changed(inner).map((other) => value.with(at, other)));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, inner]) => changed(inner).map((other) => ({ ...value, [key]: other })));
  return [typeof value === 'number' ? value + 1 : typeof value === 'string' ? `${value}x` : 'x'];
};

/** As DynamoDB gives back what it was given. */
const stored = (voucher: Voucher, recordedBy: string) =>
  unmarshall(marshall(toVoucherItem(voucher, recordedBy), { removeUndefinedValues: true }));
