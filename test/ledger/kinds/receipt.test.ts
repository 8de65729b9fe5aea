import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decideAccepted, decideCase, honestReceipts } from '../../kit/decisions.ts';

it('A receipt puts goods on hand and requires nothing.', () => {
  fc.assert(
    fc.property(honestReceipts, (asked) => {
      const { stock, outcome } = decideAccepted(asked);
      expect(outcome).toEqual({});
      for (const { onHand, requires } of stock) {
        expect(onHand).toBeGreaterThan(0);
        expect(requires).toBe('nothing');
      }
    }),
  );
});

it('A receipt from an unknown producer is refused; a supplier in words needs no registry.', () => {
  fc.assert(
    fc.property(honestReceipts, (asked) => {
      const decision = decideCase({ ...asked, context: { ...asked.context, producers: new Set() } });
      if ('producer' in asked.claim.from) expect(decision).toMatchObject({ refused: 'PRODUCER_UNKNOWN' });
      else expect(decision).toEqual(decideAccepted(asked));
    }),
  );
});
