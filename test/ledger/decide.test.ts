/** @module-tag property */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ERROR_CODES } from '../../shared/kernel/problems.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import { claimLinesOf, claimReferences, isCancelled, VoucherOutcome } from '../../shared/ledger/voucher.ts';
import { anyClaim, decideAccepted, decideCase, honestClaims, quantities } from '../kit/decisions.ts';
import { runs } from '../kit/runs.ts';

const times = { numRuns: runs(500) };

it('Any parsable claim is decided as a storable outcome or a refusal with a code.', () => {
  fc.assert(
    fc.property(fc.oneof(anyClaim, honestClaims), (input) => {
      const decision = decideCase(input);
      if (isRefusal(decision)) expect(ERROR_CODES).toContain(decision.refused);
      else expect(VoucherOutcome.parse(decision.outcome)).toEqual(decision.outcome);
    }),
    times,
  );
});

it('A correct claim of any kind is accepted.', () => {
  fc.assert(
    fc.property(honestClaims, (input) => {
      expect(Object.keys(decideAccepted(input))).toEqual(['outcome', 'stock']);
    }),
    times,
  );
});

it('Each item changes once, by the sum of its lines.', () => {
  fc.assert(
    fc.property(honestClaims, (input) => {
      const { stock } = decideAccepted(input);
      const changes = Object.fromEntries(stock.map(({ item, onHand }) => [item, Math.abs(onHand)]));
      expect(stock).toHaveLength(Object.keys(changes).length);
      expect(changes).toEqual(quantities(input.claim));
    }),
    times,
  );
});

it('A cancelled number changes nothing and reads no registry.', () => {
  fc.assert(
    fc.property(anyClaim, (input) => {
      fc.pre(isCancelled(input.claim));
      expect(decideCase(input)).toEqual({ outcome: {}, stock: [] });
      expect(claimReferences(input.claim)).toEqual({ items: [], producers: [] });
    }),
    times,
  );
});

it("An unknown item, or another seller's, is refused with its lines.", () => {
  fc.assert(
    fc.property(anyClaim, (input) => {
      const { claim, context } = input;
      fc.pre('lines' in claim && !(claim.kind === 'R' && 'producer' in claim.from));
      const lines = claimLinesOf(claim).map(({ item }) => context.items.get(item)?.seller);
      const faulty = lines.includes(undefined) ? undefined : context.seller;
      const at = lines.flatMap((seller, n) =>
        (faulty ? seller !== faulty : seller === undefined) ? [`lines.${n}.item`] : [],
      );
      fc.pre(at.length > 0);
      expect(decideCase(input)).toMatchObject({
        refused: faulty ? 'ITEM_OF_ANOTHER_SELLER' : 'ITEM_UNKNOWN',
        facts: { fields: at.map((path) => expect.objectContaining({ path })) },
      });
    }),
    times,
  );
});

it('A claim names each registry entry that it needs once.', () => {
  fc.assert(
    fc.property(anyClaim, ({ claim }) => {
      expect(claimReferences(claim).items.toSorted()).toEqual(Object.keys(quantities(claim)).toSorted());
    }),
  );
});
