import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALERT_TYPES, Alert, type AlertChange, decideAlert, hasCause, type Judged } from '../../shared/domain/alert.ts';
import { DistrictId, ItemId, LocationId } from '../../shared/domain/ids.ts';
import { Balance, Version } from '../../shared/domain/quantity.ts';
import { instantOf } from '../../shared/domain/time.ts';

/** Every version of the row and of the item says one thing: its figures follow from it. */
const worlds = fc.record({
  rows: fc.array(fc.integer({ min: -3, max: 8 }), { minLength: 1, maxLength: 6 }),
  reorderPoints: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 3 }),
  /** Which of them is judged when: repeated, late, in any order. */
  order: fc.array(fc.tuple(fc.nat(5), fc.nat(2)), { minLength: 1, maxLength: 20 }),
  type: fc.constantFrom(...ALERT_TYPES),
});

const judgedAt = (
  rows: readonly number[],
  points: readonly number[],
  [row, item]: readonly [number, number],
  at: number,
): Judged => {
  const [rowAt, itemAt] = [row % rows.length, item % points.length];
  const onHand = Balance.parse(rows[rowAt]);
  return {
    row: {
      location: LocationId.parse('LKO-01'),
      item: ItemId.parse('LKO-KURTA-01'),
      ...{ onHand, free: onHand, inbound: Balance.parse(0), version: Version.parse(rowAt + 1) },
    },
    reorderPoint: points[itemAt] ?? 0,
    itemVersion: Version.parse(itemAt + 1),
    district: DistrictId.parse('LKO'),
    now: instantOf(at * 1_000),
  };
};

const versionOf = ({ row, itemVersion }: Judged) => row.version * 100 + itemVersion;
const versionIn = (alert: Alert | undefined) => (alert ? alert.stockVersion * 100 + alert.itemVersion : 0);

type Step = { readonly before: Alert | undefined; readonly judged: Judged; readonly change: AlertChange | undefined };

/** Every judgement in the order they came, each on what the one before left. */
const play = ({
  rows,
  reorderPoints,
  order,
  type,
}: typeof worlds extends fc.Arbitrary<infer World> ? World : never) => {
  let stored: Alert | undefined;
  const steps: Step[] = order.map((which, at) => {
    const judged = judgedAt(rows, reorderPoints, which, at);
    const change = decideAlert(type, stored, judged);
    const step = { before: stored, judged, change };
    stored = change?.alert ?? stored;
    return step;
  });
  return { type, steps, last: stored };
};

const property = (holds: (played: ReturnType<typeof play>) => void) =>
  fc.assert(
    fc.property(worlds, (world) => holds(play(world))),
    { numRuns: 1_000 },
  );

describe('judgements of one row and item, repeated, late and in any order', () => {
  it('change the alert only by something newer than what it came from', () => {
    property(({ steps }) => {
      for (const { before, judged, change } of steps)
        if (change) {
          expect(versionOf(judged)).toBeGreaterThan(versionIn(before));
          expect(versionIn(Alert.parse(change.alert))).toBe(versionOf(judged));
        }
    });
  });

  it('open once an episode: the next is opened after the last was resolved, and counts one more', () => {
    property(({ steps }) => {
      for (const { before, change } of steps) {
        if (!change) continue;
        const opened = change.did === 'opened';
        expect(opened).toBe(change.alert.state === 'open' && before?.state !== 'open');
        expect(change.alert.episode).toBe((before?.episode ?? 0) + (opened ? 1 : 0));
        if (!opened) expect(change.alert.openedAt).toBe(before?.openedAt);
      }
    });
  });

  it('leave the alert as it was when there is nothing to say', () => {
    property(({ type, steps }) => {
      for (const { before, judged, change } of steps)
        if (versionOf(judged) > versionIn(before) && (hasCause(type, judged) || before?.state === 'open'))
          expect(change?.alert.state).toBe(hasCause(type, judged) ? 'open' : 'resolved');
        else expect(change).toBeUndefined();
    });
  });

  it('end as the newest that wrote says, and whoever looks last at what stands has the last word', () => {
    property(({ type, steps, last }) => {
      const wrote = steps.filter(({ change }) => change).map(({ judged }) => judged);
      const newest = wrote.toSorted((a, b) => versionOf(a) - versionOf(b)).at(-1);
      if (newest) expect(last?.state).toBe(hasCause(type, newest) ? 'open' : 'resolved');

      const standing = steps
        .map(({ judged }) => judged)
        .toSorted((a, b) => versionOf(a) - versionOf(b))
        .at(-1);
      const settled = standing && (decideAlert(type, last, standing)?.alert ?? last);
      expect(settled?.state === 'open').toBe(standing !== undefined && hasCause(type, standing));
    });
  });

  it('carry the figures they were judged on, and when they were resolved', () => {
    property(({ steps }) => {
      for (const { judged, change } of steps)
        if (change) {
          const { onHand, free, inbound } = judged.row;
          expect(change.alert.figures).toEqual({ onHand, free, inbound, reorderPoint: judged.reorderPoint });
          expect(change.alert.resolvedAt).toBe(change.did === 'resolved' ? judged.now : undefined);
        }
    });
  });
});

it.each`
  onHand | inbound | reorderPoint | short    | discrepancy
  ${4}   | ${0}    | ${3}         | ${false} | ${false}
  ${3}   | ${0}    | ${3}         | ${true}  | ${false}
  ${0}   | ${4}    | ${3}         | ${false} | ${false}
  ${0}   | ${0}    | ${0}         | ${true}  | ${false}
  ${-1}  | ${9}    | ${3}         | ${false} | ${true}
`('$onHand on hand and $inbound on the way, against $reorderPoint', ({ onHand, inbound, reorderPoint, ...causes }) => {
  const judged = judgedAt([onHand], [reorderPoint], [0, 0], 0);
  const seen = { ...judged, row: { ...judged.row, inbound } };
  expect({ short: hasCause('short', seen), discrepancy: hasCause('discrepancy', seen) }).toEqual(causes);
});
