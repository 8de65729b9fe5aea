/** @module-tag property */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ItemId, SellerId, StockLocationId } from '../../shared/kernel/ids.ts';
import { isRefusal, type Refusal } from '../../shared/kernel/refusal.ts';
import { Instant } from '../../shared/kernel/time.ts';
import { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { withInbound } from '../../shared/transfers/in-transit.ts';
import {
  hasMismatch,
  inTransitOf,
  isTransferFinal,
  lineBalanceOf,
  Transfer,
  transferDifferences,
  transferLinesOf,
  transferStateOf,
} from '../../shared/transfers/transfer.ts';
import {
  applyDispatch,
  applyReceipt,
  closeShort,
  refuseReceipt,
  reverseDispatch,
  reverseReceipt,
} from '../../shared/transfers/transfer-transitions.ts';
import { runs } from '../kit/runs.ts';

describe('Dispatch, deliveries and reversals', () => {
  it('They end the same in any order.', () => {
    property((world, one, other) => expect(played(world, one).end).toEqual(played(world, other).end));
  });

  it('Sent goods are accepted, rejected, missing or taken back, and in transit until the end.', () => {
    property((world, order) => {
      const { end } = played(world, order);
      expect(Transfer.parse(end)).toEqual(end);
      const due = inTransitOf(end);
      for (const line of transferLinesOf(end)) {
        const { rejected, missing } = lineBalanceOf(line);
        expect(line.accepted + rejected + missing + line.takenBack).toBe(line.dispatched);
        expect(rejected).toBeGreaterThanOrEqual(0);
        expect(due.get(line.item) ?? 0).toBe(isTransferFinal(end) ? 0 : Math.max(0, missing));
      }
      const standing = world.deliveries.filter(({ undone }) => !undone);
      expect(isTransferFinal(end)).toBe(standing.some(({ by, final }) => final && by === TO));
      expect(hasMismatch(end)).toBe(transferDifferences(end).length > 0 || standing.some(({ by }) => by !== TO));
      expect(transferStateOf(end) === 'open').toBe([...due.values()].some((quantity) => quantity > 0));
    });
  });

  it('They change the inbound stock by their own change, whoever writes them.', () => {
    property((world, order) => {
      for (const writer of [FROM, TO, OTHER]) {
        const inbound = new Map<ItemId, number>();
        const { steps, end } = played(world, order);
        for (const { before, after } of steps) {
          const own = ITEMS.map((item) => ({ item, onHand: 1, requires: 'nothing' as const }));
          const changes = withInbound(own, writer, before, after);
          const rows = changes.map(({ location = writer, item }) => `${location} ${item}`);
          expect(new Set(rows).size, 'a transaction may touch a row once').toBe(rows.length);
          expect(changes.filter(({ onHand }) => onHand === 1)).toHaveLength(ITEMS.length);
          for (const { item, location = writer, inbound: by = 0 } of changes) {
            if (by !== 0) expect(location).toBe(TO);
            inbound.set(item, (inbound.get(item) ?? 0) + by);
          }
        }
        for (const item of ITEMS) expect(inbound.get(item) ?? 0).toBe(inTransitOf(end).get(item) ?? 0);
      }
    });
  });

  it('An accepted receipt never exceeds what was sent.', () => {
    property((world, order) => {
      let transfer: Transfer | undefined;
      for (const move of order) {
        const lines = 'n' in move ? (world.deliveries[move.n]?.lines ?? []) : [];
        const [first] = (transfer?.receipts ?? []).filter(({ by }) => by === TO);
        const before = transfer;
        const wrong = move.what === 'receipt' && refuseReceipt(before, { by: TO, lines });
        if (move.what === 'undo' || move.what === 'senderBack' || wrong) continue;
        const whole = 'n' in move ? { receipt: receiptOf(move.n), by: TO, at } : undefined;
        transfer = whole ? applyReceipt(before, { ...about, received: whole, lines }) : moved(move, before, world);
        if (!first || !before?.sent) continue;
        const had = new Map(transferLinesOf(before).map((line) => [line.item, lineBalanceOf(line).missing]));
        for (const line of transferLinesOf(transfer))
          expect(lineBalanceOf(line).missing).toBeGreaterThanOrEqual(Math.min(0, had.get(line.item) ?? 0));
      }
    });
  });

  it('They are closed short once, while goods are in transit.', () => {
    property((world, order) => {
      const { end } = played(world, order);
      const by = { at, by: 'officer', why: 'the carrier lost it' };
      const after = closeShort(end, by);
      if (transferStateOf(end) !== 'open') return expect(after).toBe(end);
      expect([transferStateOf(after), [...inTransitOf(after).values()]]).toEqual(['closed', []]);
      expect(transferDifferences(after).some(({ missing }) => missing > 0)).toBe(true);
      return expect(closeShort(after, by)).toBe(after);
    });
  });
});

const ITEMS = ['KURTA-A', 'KURTA-B', 'KURTA-C'].map((item) => ItemId.parse(item));

const [FROM, TO, OTHER] = ['LKO-01', 'LKO-02', 'LKO-03'].map((place) => StockLocationId.parse(place)) as [
  StockLocationId,
  StockLocationId,
  StockLocationId,
];

const dispatch = VoucherNumber.parse('7KQ2MD2611220001');

const receiptOf = (n: number) => VoucherNumber.parse(`9MRHJR261123${String(n + 1).padStart(4, '0')}`);

const at = Instant.parse('2026-11-22T05:00:00.000Z');

const about = { dispatch, seller: SellerId.parse('LKO1') };

type Line = { readonly item: ItemId; readonly quantity: number };

/**
 * One delivery: place, accepted and rejected quantities, whether it is the last, whether it is
 * reversed.
 */
type Delivery = {
  readonly lines: readonly (Line & { readonly rejected: number })[];
  readonly by: StockLocationId;
  readonly final: boolean;
  readonly undone: boolean;
};

/** The true events: dispatch, deliveries in parts, then the return of what nobody accepted. */
type World = {
  readonly sent: readonly Line[];
  readonly deliveries: readonly Delivery[];
  readonly senderBack: readonly Line[];
};

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

const some = (line: Line): Line[] => (line.quantity > 0 ? [line] : []);

const worlds: fc.Arbitrary<World> = fc
  .record({
    sent: fc.array(fc.record({ item: fc.constantFrom(...ITEMS), quantity: fc.integer({ min: 1, max: 9 }) }), {
      minLength: 1,
      maxLength: 4,
    }),
    deliveries: fc.array(
      fc.record({
        lines: fc.array(fc.record({ item: fc.constantFrom(...ITEMS), quantity: fc.nat(5), rejected: fc.nat(2) }), {
          minLength: 1,
          maxLength: 3,
        }),
        by: fc.oneof({ weight: 4, arbitrary: fc.constant(TO) }, { weight: 1, arbitrary: fc.constant(OTHER) }),
        final: fc.boolean(),
        undone: fc.boolean(),
      }),
      { maxLength: 3 },
    ),
    back: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ sent, deliveries, back }) => {
    const missing = (of: ItemId) =>
      Math.max(
        0,
        sum(sent.filter(({ item }) => item === of).map(({ quantity }) => quantity)) -
          sum(
            deliveries
              .flatMap(({ lines }) => lines)
              .filter(({ item }) => item === of)
              .map(({ quantity }) => quantity),
          ),
      );
    const items = [...new Set(sent.map(({ item }) => item))];
    return {
      sent,
      deliveries,
      senderBack: items.flatMap((item) => some({ item, quantity: Math.floor(missing(item) * back) })),
    };
  });

type Move =
  | { readonly what: 'dispatch' }
  | { readonly what: 'senderBack' }
  | { readonly what: 'receipt'; readonly n: number }
  | { readonly what: 'undo'; readonly n: number };

const movesOf = ({ deliveries, senderBack }: World): Move[] => [
  { what: 'dispatch' },
  ...(senderBack.length > 0 ? [{ what: 'senderBack' as const }] : []),
  ...deliveries.flatMap(({ undone }, n): Move[] => [
    { what: 'receipt', n },
    ...(undone ? [{ what: 'undo' as const, n }] : []),
  ]),
];

/** In the order of these draws. A reversal comes after its voucher: before, it is held. */
const inOrder = (moves: readonly Move[], draws: readonly number[]): Move[] => {
  const [left, done]: [Move[], Move[]] = [[...moves], []];
  const after = (move: Move) =>
    move.what === 'senderBack'
      ? done.some(({ what }) => what === 'dispatch')
      : move.what !== 'undo' || done.some((one) => one.what === 'receipt' && 'n' in move && one.n === move.n);
  for (let at = 0; left.length > 0; at++) {
    const able = left.filter(after);
    const move = able[(draws[at] ?? 0) % able.length];
    if (!move) throw new Error('something can come');
    done.push(move);
    left.splice(left.indexOf(move), 1);
  }
  return done;
};

const surely = (after: Transfer | Refusal): Transfer => {
  if (isRefusal(after)) throw new Error(after.detail);
  return after;
};

const moved = (move: Move, before: Transfer | undefined, world: World): Transfer => {
  if (move.what === 'dispatch')
    return applyDispatch(before, { ...about, sent: { from: FROM, to: TO, at }, lines: world.sent });
  if (move.what === 'senderBack') return surely(reverseDispatch(before as Transfer, world.senderBack, undefined));
  const { lines, by, final } = world.deliveries[move.n] as Delivery;
  const receipt = receiptOf(move.n);
  if (move.what === 'undo') return reverseReceipt(before as Transfer, receipt, lines, true);
  const whole = { receipt, by, at, ...(final && { final: true as const }) };
  return applyReceipt(before, { ...about, received: whole, lines });
};

const played = (world: World, order: readonly Move[]) => {
  const steps: { before: Transfer | undefined; after: Transfer }[] = [];
  let transfer: Transfer | undefined;
  for (const move of order) {
    const after = moved(move, transfer, world);
    steps.push({ before: transfer, after });
    transfer = after;
  }
  if (!transfer) throw new Error('something happened');
  return { steps, end: transfer };
};

const property = (holds: (world: World, one: Move[], other: Move[]) => void) =>
  fc.assert(
    fc.property(
      worlds,
      fc.array(fc.nat(99), { minLength: 9, maxLength: 9 }),
      fc.array(fc.nat(99), { minLength: 9, maxLength: 9 }),
      (world, one, other) => {
        holds(world, inOrder(movesOf(world), one), inOrder(movesOf(world), other));
      },
    ),
    { numRuns: runs(1_000) },
  );
