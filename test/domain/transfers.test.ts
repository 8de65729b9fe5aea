import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ItemId, LocationId, SellerId } from '../../shared/domain/ids.ts';
import { isRefusal } from '../../shared/domain/refusal.ts';
import { Instant } from '../../shared/domain/time.ts';
import { dispatched, dispatchTakenBack, receiptTakenBack, received } from '../../shared/domain/transfers/moves.ts';
import { withInbound } from '../../shared/domain/transfers/stock.ts';
import {
  differencesIn,
  isMismatch,
  onTheWay,
  settled,
  stateOf,
  Transfer,
} from '../../shared/domain/transfers/transfer.ts';
import { VoucherNumber } from '../../shared/domain/vouchers/number.ts';

const ITEMS = ['KURTA-A', 'KURTA-B', 'KURTA-C'].map((item) => ItemId.parse(item));
const [FROM, TO, OTHER] = ['LKO-01', 'LKO-02', 'LKO-03'].map((place) => LocationId.parse(place)) as [
  LocationId,
  LocationId,
  LocationId,
];
const [dispatch, receipt] = ['7KQ2MD2611220001', '9MRHJR2611230001'].map((number) => VoucherNumber.parse(number)) as [
  VoucherNumber,
  VoucherNumber,
];
const at = Instant.parse('2026-11-22T05:00:00.000Z');
const about = { dispatch, seller: SellerId.parse('LKO1') };

type Line = { readonly item: ItemId; readonly quantity: number };
/** What truly happened: sent; of it accepted and rejected, and where; then what each took back, which was there to take back. */
type World = {
  readonly sent: readonly Line[];
  readonly came: readonly (Line & { readonly rejected: number })[];
  readonly by: LocationId;
  readonly senderBack: readonly Line[];
  readonly receiverBack: readonly Line[];
};

const worlds: fc.Arbitrary<World> = fc
  .array(
    fc.record({
      item: fc.constantFrom(...ITEMS),
      sent: fc.integer({ min: 1, max: 9 }),
      accepted: fc.nat(9),
      rejected: fc.nat(3),
      back: fc.double({ min: 0, max: 1, noNaN: true }),
      undone: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .chain((lines) =>
    fc
      .record({ by: fc.constantFrom(TO, OTHER), surplus: fc.boolean(), whole: fc.boolean() })
      .map(({ by, surplus, whole }) => {
        const came = lines.map(({ item, sent, accepted, rejected }) => ({
          ...{ item, rejected },
          quantity: surplus ? accepted : Math.min(accepted, sent),
        }));
        const some = (line: Line): Line[] => (line.quantity > 0 ? [line] : []);
        const missing = (of: ItemId) =>
          Math.max(
            0,
            sum(lines.filter(({ item }) => item === of).map(({ sent }) => sent)) -
              sum(came.filter(({ item }) => item === of).map(({ quantity }) => quantity)),
          );
        const items = [...new Set(lines.map(({ item }) => item))];
        return {
          ...{ came, by },
          sent: lines.map(({ item, sent: quantity }) => ({ item, quantity })),
          senderBack: items.flatMap((item, n) =>
            some({ item, quantity: Math.floor(missing(item) * (lines[n]?.back ?? 0)) }),
          ),
          receiverBack: came.flatMap(({ item, quantity }, n) =>
            some({ item, quantity: whole ? quantity : Math.floor(quantity * (lines[n]?.undone ?? 0)) }),
          ),
        };
      }),
  );
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

type Move = 'dispatch' | 'receipt' | 'senderBack' | 'receiverBack';
/** What takes something back comes after it: brought before, it is held until then. */
const ORDERS: readonly (readonly Move[])[] = (() => {
  const all: Move[][] = [];
  const walk = (done: Move[], left: Move[]): void => {
    if (left.length === 0) all.push(done);
    for (const move of left) {
      if (move === 'senderBack' && !done.includes('dispatch')) continue;
      if (move === 'receiverBack' && !done.includes('receipt')) continue;
      walk(
        [...done, move],
        left.filter((one) => one !== move),
      );
    }
  };
  walk([], ['dispatch', 'receipt', 'senderBack', 'receiverBack']);
  return all;
})();

const moved = (move: Move, before: Transfer | undefined, world: World): Transfer | undefined => {
  if (move === 'dispatch') return dispatched(before, { ...about, sent: { from: FROM, to: TO, at }, lines: world.sent });
  if (move === 'receipt') {
    const after = received(before, { ...about, received: { receipt, by: world.by, at }, lines: world.came });
    if (isRefusal(after)) throw new Error(after.detail);
    return after;
  }
  const lines = move === 'senderBack' ? world.senderBack : world.receiverBack;
  if (!before || lines.length === 0) return before;
  const after = move === 'senderBack' ? dispatchTakenBack(before, lines) : receiptTakenBack(before, lines);
  if (isRefusal(after)) throw new Error(`${move}: ${after.detail}`);
  return after;
};

const played = (world: World, order: readonly Move[]) => {
  const steps: { before: Transfer | undefined; after: Transfer | undefined }[] = [];
  let transfer: Transfer | undefined;
  for (const move of order) {
    const after = moved(move, transfer, world);
    steps.push({ before: transfer, after });
    transfer = after;
  }
  return { steps, end: transfer };
};

const inShort = (transfer: Transfer | undefined) =>
  transfer && {
    ...{ ...transfer, version: 0 },
    lines: transfer.lines.toSorted((one, other) => (one.item < other.item ? -1 : 1)),
  };

const property = (holds: (world: World) => void) => fc.assert(fc.property(worlds, holds), { numRuns: 1_000 });

describe('a dispatch, its receipt and what takes them back', () => {
  it('can come in six orders', () => expect(ORDERS).toHaveLength(6));

  it('end the same in any order', () => {
    property((world) => {
      const [first, ...others] = ORDERS.map((order) => played(world, order).end);
      for (const end of others) expect(inShort(end)).toEqual(inShort(first));
    });
  });

  it('are all of what was sent: accepted, rejected, missing and taken back; nothing that is received is on its way', () => {
    property((world) => {
      const { end } = played(world, ORDERS[0] ?? []);
      if (!end) throw new Error('something happened');
      Transfer.parse(end);
      for (const line of end.lines) {
        const { rejected, missing } = settled(line);
        expect(line.accepted + rejected + missing + line.takenBack).toBe(line.dispatched);
        expect(rejected).toBeGreaterThanOrEqual(0);
        // What was rejected and then taken back by the sender is not too much.
        if (line.accepted + line.rejected <= line.dispatched) expect(missing).toBeGreaterThanOrEqual(0);
      }
      if (end.received) expect([...onTheWay(end).values()].filter((quantity) => quantity > 0)).toEqual([]);
      expect(isMismatch(end)).toBe(differencesIn(end).length > 0 || (!!end.received && end.received.by !== TO));
      expect(stateOf(end) === 'open').toBe([...onTheWay(end).values()].some((quantity) => quantity > 0));
    });
  });

  it('move what is on its way there by as much as they change it, whoever writes them', () => {
    property((world) => {
      for (const order of ORDERS)
        for (const writer of [FROM, TO, OTHER]) {
          const inbound = new Map<ItemId, number>();
          const { steps, end } = played(world, order);
          for (const { before, after } of steps) {
            if (!after) continue;
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
          for (const item of ITEMS) expect(inbound.get(item) ?? 0).toBe((end && onTheWay(end).get(item)) ?? 0);
        }
    });
  });
});
