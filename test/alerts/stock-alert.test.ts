/** @module-tag property */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STOCK_SOURCES } from '../../shared/alerts/alert.ts';
import { type AlertChange, decideAlert } from '../../shared/alerts/alert-lifecycle.ts';
import {
  STOCK_ALERT_TYPES,
  StockAlert,
  type StockReading,
  stockEvaluationOf,
} from '../../shared/alerts/sources/stock.ts';
import { DistrictId, ItemId, StockLocationId } from '../../shared/kernel/ids.ts';
import { Balance, Version } from '../../shared/kernel/quantity.ts';
import { instantOf } from '../../shared/kernel/time.ts';
import { runs } from '../kit/runs.ts';

/** Every version of row, item and place says one thing: it determines figures and district. */
const worlds = fc.record({
  rows: fc.array(fc.integer({ min: -3, max: 8 }), { minLength: 1, maxLength: 6 }),
  reorderPoints: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 3 }),
  districts: fc.array(fc.constantFrom('LKO', 'PBT'), { minLength: 1, maxLength: 2 }),
  /** The order of judgements: repeated, late, in any order. */
  order: fc.array(fc.tuple(fc.nat(5), fc.nat(2), fc.nat(1)), { minLength: 1, maxLength: 20 }),
  type: fc.constantFrom(...STOCK_ALERT_TYPES),
});

describe('Repeated, late and reordered evaluations of one stock row', () => {
  it('Only a newer row or item changes the alert.', () => {
    property(({ steps }) => {
      for (const { before, judged, change } of steps)
        if (change) {
          expect(isAfter(versionsOf(judged), versionsIn(before))).toBe(true);
          expect(isAfter(versionsIn(StockAlert.parse(change.alert)), versionsIn(before))).toBe(true);
        }
    });
  });

  it('An alert opens once an episode, after the last was resolved, and counts one more.', () => {
    property(({ steps }) => {
      for (const { before, change } of steps) {
        if (!change) continue;
        const opened = change.outcome === 'opened';
        expect(opened).toBe(change.alert.state === 'open' && before?.state !== 'open');
        expect(change.alert.episode).toBe((before?.episode ?? 0) + (opened ? 1 : 0));
        if (!opened) expect(change.alert.openedAt).toBe(before?.openedAt);
      }
    });
  });

  it('An evaluation without a change leaves the alert as it was.', () => {
    property(({ type, steps }) => {
      for (const { before, judged, change } of steps) {
        const says = STOCK_SOURCES[type].condition(judged) || before?.state === 'open';
        if (isAfter(versionsOf(judged), versionsIn(before)) && says)
          expect(change?.alert.state).toBe(STOCK_SOURCES[type].condition(judged) ? 'open' : 'resolved');
        else if (change) expect(change.alert).toEqual({ ...before, ...districtOf(judged), ...nextOf(before) });
      }
    });
  });

  it('An alert, resolved or not, moves with its location.', () => {
    property(({ steps }) => {
      for (const { before, judged, change } of steps) {
        if (change) expect(change.alert.district).toBe(judged.district);
        else if (before && isAfter(versionsOf(judged), versionsIn(before)))
          expect(before.district).toBe(judged.district);
      }
    });
  });

  it('The alert ends as the latest evaluation of the stock says.', () => {
    property(({ type, last, standing }) => {
      const settled = decideAlert(last, stockEvaluationOf(STOCK_SOURCES[type], standing))?.alert ?? last;
      expect(settled?.state === 'open').toBe(STOCK_SOURCES[type].condition(standing));
      if (settled) expect(settled.district).toBe(standing.district);
    });
  });

  it('An alert carries the figures of its evaluation, and its time of resolution.', () => {
    property(({ steps }) => {
      for (const { before, judged, change } of steps)
        if (change && (change.alert.state === 'open' || before?.state === 'open')) {
          const { onHand, free, inbound } = judged.row;
          expect(change.alert.figures).toEqual({ onHand, free, inbound, reorderPoint: judged.reorderPoint });
          expect(change.alert).toMatchObject(nextOf(before));
          const after = { onHand, free, inbound, reorderPoint: judged.reorderPoint };
          const sames = change.outcome === 'opened' ? undefined : isDeepStrictEqual(before?.figures, after);
          if (sames === false) expect(change.alert).toMatchObject({ before: before?.figures, changedAt: judged.now });
          else expect(change.alert.before).toEqual(sames ? before?.before : undefined);
          expect(change.alert.resolvedAt).toBe(change.outcome === 'resolved' ? judged.now : undefined);
          expect(versionsIn(change.alert)).toEqual(versionsOf(judged));
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
  const judged = judgedAt({ rows: [onHand], reorderPoints: [reorderPoint], districts: ['LKO'] }, [0, 0, 0], 0);
  const state = { ...judged, row: { ...judged.row, inbound } };
  expect({
    short: STOCK_SOURCES.short.condition(state),
    discrepancy: STOCK_SOURCES.discrepancy.condition(state),
  }).toEqual(causes);
});

type World = typeof worlds extends fc.Arbitrary<infer One> ? One : never;

const judgedAt = (
  { rows, reorderPoints, districts }: Pick<World, 'rows' | 'reorderPoints' | 'districts'>,
  [row, item, place]: readonly [number, number, number],
  at: number,
): StockReading => {
  const [rowAt, itemAt, placeAt] = [row % rows.length, item % reorderPoints.length, place % districts.length];
  const onHand = Balance.parse(rows[rowAt]);
  return {
    row: {
      location: StockLocationId.parse('LKO-01'),
      item: ItemId.parse('LKO-KURTA-01'),
      onHand,
      free: onHand,
      inbound: Balance.parse(0),
      version: Version.parse(rowAt + 1),
    },
    reorderPoint: reorderPoints[itemAt] ?? 0,
    itemVersion: Version.parse(itemAt + 1),
    district: DistrictId.parse(districts[placeAt]),
    placeVersion: Version.parse(placeAt + 1),
    isOpen: true,
    now: instantOf(at * 1_000),
  };
};

const versionsOf = ({ row, itemVersion, placeVersion }: StockReading) => [row.version, itemVersion, placeVersion];

const versionsIn = (alert: StockAlert | undefined) =>
  alert ? [alert.stockVersion, alert.itemVersion, alert.placeVersion] : [0, 0, 0];

/** In nothing older, and in something newer. */
const isAfter = (these: readonly number[], those: readonly number[]) =>
  these.every((version, at) => version >= (those[at] ?? 0)) && these.some((version, at) => version > (those[at] ?? 0));

const districtOf = ({ district, placeVersion }: StockReading) => ({ district, placeVersion });

const nextOf = (alert: StockAlert | undefined) => ({ version: (alert?.version ?? 0) + 1 });

type Step = {
  readonly before: StockAlert | undefined;
  readonly judged: StockReading;
  readonly change: AlertChange<StockAlert> | undefined;
};

/** Every judgement in the order they came, each on what the one before left. */
const play = (world: World) => {
  let stored: StockAlert | undefined;
  const steps: Step[] = world.order.map((which, at) => {
    const judged = judgedAt(world, which, at);
    const change = decideAlert(stored, stockEvaluationOf(STOCK_SOURCES[world.type], judged));
    const step = { before: stored, judged, change };
    stored = change?.alert ?? stored;
    return step;
  });
  const newest = [world.rows.length - 1, world.reorderPoints.length - 1, world.districts.length - 1] as const;
  return { type: world.type, steps, last: stored, standing: judgedAt(world, newest, 100) };
};

const property = (holds: (played: ReturnType<typeof play>) => void) =>
  fc.assert(
    fc.property(worlds, (world) => holds(play(world))),
    { numRuns: runs(1_000) },
  );
