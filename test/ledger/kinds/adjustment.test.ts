import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decideAccepted, honestAdjustments } from '../../kit/decisions.ts';

it('Surplus comes onto the shelf; every other reason takes goods off it.', () => {
  fc.assert(
    fc.property(honestAdjustments, (asked) => {
      const { stock, outcome } = decideAccepted(asked);
      expect(outcome).toEqual({});
      for (const { onHand } of stock) expect(onHand > 0).toBe(asked.claim.reason === 'found');
    }),
  );
});

it('Goods that leave must be free unless they are in hand; surplus requires nothing.', () => {
  fc.assert(
    fc.property(honestAdjustments, (input) => {
      const free = input.claim.reason === 'found' || input.admission.goodsInHand;
      for (const { onHand, requires } of decideAccepted(input).stock)
        expect(requires).toEqual(free ? 'nothing' : { free: -onHand });
    }),
  );
});
