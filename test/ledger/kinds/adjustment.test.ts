import fc from 'fast-check';
import { expect, it } from 'vitest';
import { accepted, honestAdjustments } from '../../kit/deciding.ts';

it('what was found comes onto the shelf; for any other reason goods leave it', () => {
  fc.assert(
    fc.property(honestAdjustments, (asked) => {
      const { stock, outcome } = accepted(asked);
      expect(outcome).toEqual({});
      for (const { onHand } of stock) expect(onHand > 0).toBe(asked.claim.reason === 'found');
    }),
  );
});

it('what leaves must be free unless it is in hand; what is found requires nothing', () => {
  fc.assert(
    fc.property(honestAdjustments, (asked) => {
      const free = asked.claim.reason === 'found' || asked.admission.goodsInHand;
      for (const { onHand, requires } of accepted(asked).stock)
        expect(requires).toEqual(free ? 'nothing' : { free: -onHand });
    }),
  );
});
