import { beforeAll, describe, expect, inject, it } from 'vitest';
import { type Measured, measure } from '../../bench/restock-scale/steps.ts';

const OUTLETS = 6;
const ITEMS = 20;

// moto does not count units as DynamoDB does; both builds of dynoxide do.
describe.runIf(inject('countsUnits'))('the bench of restocking, on a small book', () => {
  let all: readonly Measured[];
  beforeAll(async () => {
    all = await measure(inject('endpoint'), { outlets: OUTLETS, items: ITEMS, at: OUTLETS });
  });
  const of = (job: string, name: string) => all.filter((one) => one.job === job && one.name === name);

  it('The model, plan and sweep cover every outlet.', () => {
    expect(of('update-demand-model', 'the first night')).toMatchObject([
      { counts: { DemandDaysAdded: 1 }, outlets: OUTLETS },
    ]);
    expect(of('plan-replenishment', 'the first night')).toMatchObject([
      { counts: { PlansChanged: OUTLETS * ITEMS }, used: { writes: OUTLETS * ITEMS } },
    ]);
    for (const { counts } of of('sweep-alerts', 'after it')) expect(counts).toMatchObject({ LocationsSwept: OUTLETS });
  });

  it('The counters count the items that were read and written.', () => {
    const [plan] = of('plan-replenishment', 'the first night');
    const [again] = of('plan-replenishment', 'again, nothing changed');
    expect(plan?.used.reads).toBeLessThanOrEqual(again?.used.reads ?? 0);
    expect(again?.used.reads).toBeGreaterThan(0);
  });

  it('A second run without changes writes no model, no plan and no alert.', () => {
    const quiet = [
      ...of('update-demand-model', 'again, nothing changed'),
      ...of('plan-replenishment', 'again, nothing changed'),
      ...of('sweep-alerts', 'an hour later'),
    ];
    expect(quiet.map(({ used }) => used.writes)).toEqual([0, 0, 0]);
    expect(quiet[0]?.counts).toEqual({});
  });

  it('A late voucher updates the model from its own day on.', () => {
    expect(of('update-demand-model', 'a night later, 1 outlet 2 days late')).toMatchObject([
      { counts: { DemandDaysAdded: 3 } },
    ]);
  });
});
