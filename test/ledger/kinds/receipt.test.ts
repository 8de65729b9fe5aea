import fc from 'fast-check';
import { expect, it } from 'vitest';
import { accepted, decided, honestReceipts } from '../../kit/deciding.ts';

it('a receipt puts goods on hand and requires nothing, whatever the book has', () => {
  fc.assert(
    fc.property(honestReceipts, (asked) => {
      const { stock, outcome } = accepted(asked);
      expect(outcome).toEqual({});
      for (const { onHand, requires } of stock) {
        expect(onHand).toBeGreaterThan(0);
        expect(requires).toBe('nothing');
      }
    }),
  );
});

it('a receipt from a producer whom nobody knows is refused; from a supplier in words, the registry is not asked', () => {
  fc.assert(
    fc.property(honestReceipts, (asked) => {
      const decision = decided({ ...asked, known: { ...asked.known, producers: new Set() } });
      if ('producer' in asked.claim.from) expect(decision).toMatchObject({ refused: 'PRODUCER_UNKNOWN' });
      else expect(decision).toEqual(accepted(asked));
    }),
  );
});
