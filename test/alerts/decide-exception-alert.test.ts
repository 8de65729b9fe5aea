/** @module-tag property */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExceptionAlert } from '../../shared/alerts/alert.ts';
import { type AlertChange, type AlertEvaluation, decideAlert } from '../../shared/alerts/alert-lifecycle.ts';
import { DistrictId, StockLocationId } from '../../shared/kernel/ids.ts';
import { Version } from '../../shared/kernel/quantity.ts';
import { instantOf } from '../../shared/kernel/time.ts';
import { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { HeldId } from '../../shared/ledger/held.ts';
import { runs } from '../kit/runs.ts';

/**
 * Each version of a source gives cause from a time on, or never. Each version of a place has a
 * district.
 */
const worlds = fc.record({
  causes: fc.array(fc.option(fc.nat(20), { nil: Number.POSITIVE_INFINITY }), { minLength: 1, maxLength: 5 }),
  districts: fc.array(fc.constantFrom('LKO', 'PBT'), { minLength: 1, maxLength: 2 }),
  /** The order in which versions are read: repeated, late, in any order; time goes on. */
  order: fc.array(fc.tuple(fc.nat(4), fc.nat(1)), { minLength: 1, maxLength: 20 }),
});

describe('Repeated, late and reordered evaluations of one exception', () => {
  it('An older evaluation changes nothing, and a repeated one changes nothing twice.', () => {
    property(({ steps }) => {
      for (const { before, looked, change } of steps) {
        if (!before || !change) continue;
        const ahead = [looked.source.sourceVersion - before.sourceVersion, looked.placeVersion - before.placeVersion];
        expect(Math.min(...ahead)).toBeGreaterThanOrEqual(0);
        if (Math.max(...ahead) === 0) expect([before.state, change.outcome]).toEqual(['resolved', 'opened']);
        expect(decideAlert(change.alert, looked)).toBeUndefined();
      }
    });
  });

  it('Evaluations open one alert an episode, resolve an open one, and keep the opening time.', () => {
    property(({ steps }) => {
      for (const { before, looked, change } of steps) {
        if (!change) continue;
        const alert = ExceptionAlert.parse(change.alert);
        expect(change.outcome === 'opened').toBe(before?.state !== 'open');
        expect(alert.state === 'open').toBe(looked.source.isActive);
        expect(alert.episode).toBe((before?.episode ?? 0) + (change.outcome === 'opened' ? 1 : 0));
        expect(alert.openedAt).toBe(change.outcome === 'opened' ? looked.now : before?.openedAt);
        expect(alert.resolvedAt).toBe(change.outcome === 'resolved' ? looked.now : undefined);
        expect([alert.figures, alert.district]).toEqual([looked.source.figures, looked.district]);
      }
    });
  });

  it('The alert ends as the latest evaluation of the facts says.', () => {
    property(({ last, standing }) => {
      const settled = decideAlert(last, standing)?.alert ?? last;
      expect(settled?.state === 'open').toBe(standing.source.isActive);
      if (settled?.state === 'open') expect(settled.district).toBe(standing.district);
    });
  });
});

type HeldAlert = Extract<ExceptionAlert, { type: 'held' }>;

type World = typeof worlds extends fc.Arbitrary<infer One> ? One : never;

const lookedAt = (
  { causes, districts }: World,
  [source, place]: readonly [number, number],
  at: number,
): AlertEvaluation<HeldAlert> => {
  const [sourceAt, placeAt] = [source % causes.length, place % districts.length];
  return {
    source: {
      location: StockLocationId.parse('LKO-01'),
      type: 'held',
      sourceVersion: sourceAt + 1,
      about: HeldId.parse('7KQ2MS2611220001-0a1b2c3d4e5f'),
      figures: {
        number: VoucherNumber.parse('7KQ2MS2611220001'),
        heldAt: instantOf(sourceAt),
        state: 'held',
        problem: { code: 'ITEM_UNKNOWN', detail: 'It is not there.' },
      },
      isActive: (causes[sourceAt] ?? 0) <= at,
    },
    district: DistrictId.parse(districts[placeAt]),
    placeVersion: Version.parse(placeAt + 1),
    now: instantOf(at * 1_000),
  };
};

type Step = {
  readonly before: HeldAlert | undefined;
  readonly looked: AlertEvaluation<HeldAlert>;
  readonly change: AlertChange<HeldAlert> | undefined;
};

/** Every look in the order they came, each on what the one before left. */
const play = (world: World) => {
  let stored: HeldAlert | undefined;
  const steps: Step[] = world.order.map((which, at) => {
    const looked = lookedAt(world, which, at);
    const change = decideAlert(stored, looked);
    const step = { before: stored, looked, change };
    stored = change?.alert ?? stored;
    return step;
  });
  return { steps, last: stored, standing: lookedAt(world, [world.causes.length - 1, world.districts.length - 1], 100) };
};

const property = (holds: (played: ReturnType<typeof play>) => void) =>
  fc.assert(
    fc.property(worlds, (world) => holds(play(world))),
    { numRuns: runs(1_000) },
  );
