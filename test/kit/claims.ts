import type { Clock } from '../../shared/kernel/time.ts';

type Line = { item: string; quantity: number; unitPrice?: number; discount?: number };

/** Claims as phones send them; every builder takes what should differ. Paise and base units. */
export const sale = (clock: Clock, lines: readonly Line[], more: object = {}) => {
  const priced = lines.map((line) => ({ unitPrice: 89_900, ...line }));
  const amount = priced.reduce(
    (sum, { quantity, unitPrice, discount = 0 }) => sum + quantity * unitPrice - discount,
    0,
  );
  const payments = [{ tender: 'cash' as const, amount }];
  return { kind: 'S' as const, occurredAt: clock.now(), by: 'S001', previous: null, lines: priced, payments, ...more };
};

export const receipt = (
  clock: Clock,
  lines: readonly { item: string; quantity: number | string; lot?: string }[],
  more: object = {},
) => ({
  kind: 'R' as const,
  occurredAt: clock.now(),
  by: 'S001',
  previous: null,
  from: { supplier: 'Chikan Samiti' },
  lines: [...lines],
  ...more,
});

/** `to`: another location. */
export const dispatch = (
  clock: Clock,
  to: string,
  lines: readonly { item: string; quantity: number | string; lot?: string; unitCost?: number }[],
  more: object = {},
) => ({
  kind: 'D' as const,
  occurredAt: clock.now(),
  by: 'S001',
  previous: null,
  to,
  lines: [...lines],
  ...more,
});

export const adjustment = (
  clock: Clock,
  lines: readonly { item: string; quantity: number | string }[],
  more: object = {},
) => ({
  kind: 'A' as const,
  occurredAt: clock.now(),
  by: 'S001',
  previous: null,
  reason: 'damaged' as const,
  lines: [...lines],
  ...more,
});

let counts = 0;
/** A count of its own. */
export const countSheet = (
  clock: Clock,
  lines: readonly { item: string; quantity: number | string }[],
  more: object = {},
) => ({
  kind: 'C' as const,
  occurredAt: clock.now(),
  by: 'S001',
  previous: null,
  count: `November ${++counts}`,
  lines: [...lines],
  ...more,
});

/** `of`: what it takes back. Of a sale, at its price, in cash. */
export const reversal = (
  clock: Clock,
  of: string,
  lines: readonly { line: number; item: string; quantity: number; unitPrice?: number }[],
  more: object = {},
) => {
  const amount = lines.reduce((sum, { quantity, unitPrice = 89_900 }) => sum + quantity * unitPrice, 0);
  return {
    kind: 'V' as const,
    occurredAt: clock.now(),
    by: 'S001',
    previous: null,
    of,
    reason: of[5] === 'S' ? ('return' as const) : ('mistake' as const),
    goods: 'to shelf' as const,
    lines: lines.map(({ line, item, quantity }) => ({ line, item, quantity })),
    ...(of[5] === 'S' && { refund: [{ tender: 'cash' as const, amount }] }),
    ...more,
  };
};

/** `items(3)`: the first three kurtas of Lucknow. */
export const kurtas = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => `LKO-KURTA-${String(n + 1).padStart(2, '0')}`);

/** A number of any kind that no voucher uses: spoiled or skipped. */
export const cancelled = <Kind extends 'S' | 'R' | 'A' | 'C'>(clock: Clock, kind: Kind, reason: string) => {
  const fields = { occurredAt: clock.now(), by: 'S001', previous: null, cancelled: reason };
  return { ...fields, kind } as typeof fields & ({ kind: 'S' } | { kind: 'R' } | { kind: 'A' } | { kind: 'C' });
};
