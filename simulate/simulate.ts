import { findViolations, type Violation } from './check.ts';
import { runDays } from './run-days.ts';
import { type SimulationOptions, withWorld } from './world.ts';
import './silent.ts';

export type Run = {
  readonly seed: number;
  readonly statements: number;
  readonly vouchers: number;
  readonly held: number;
  readonly violations: readonly Violation[];
  /** Equal for equal seeds. */
  readonly story: readonly string[];
  readonly hash: string;
};

/** A crash is a violation. */
export const simulate = (asked: SimulationOptions): Promise<Run> =>
  withWorld(asked, async (world) => {
    const told = { seed: asked.seed, story: world.log.all };
    try {
      await runDays(world, asked.days);
      const checked = await findViolations(world);
      return { ...told, ...checked, statements: world.truth.all().length, hash: world.log.hash() };
    } catch (error) {
      const violations = [{ check: 'it lives', says: String((error as Error).stack ?? error) }];
      return {
        ...told,
        violations,
        statements: world.truth.all().length,
        vouchers: 0,
        held: 0,
        hash: world.log.hash(),
      };
    }
  });

export const SHORT_RUN = { outlets: 3, depots: 2, workshops: 1, days: 7 };
