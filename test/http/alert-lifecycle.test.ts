import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../shared/api/client.ts';
import { instantOf, millisecondsOf } from '../../shared/kernel/time.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { START } from '../kit/clock.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { sweep } from '../kit/jobs.ts';
import { openStall, type Stall } from '../kit/stall.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
let stall: Stall;
let outlet: Client;
let officer: Client;
let item: string;
let path: { location: string; alert: string };

beforeAll(async () => {
  stall = await openStall(book, location, 'LKO1');
  outlet = await book.as('outlet', `location:${location}`);
  officer = await book.as('officer', 'district:LKO');
});
beforeEach(async () => {
  book.clock.set(instantOf(START));
  item = left.pop() ?? '';
  path = { location, alert: `${item}:short` };
  await stall.receive({ item, quantity: 2 });
  await sweep(location);
});

describe('Alert lifecycle', () => {
  it('The first to acknowledge an alert does so alone; its figures keep changing.', async () => {
    const first = expectOk(await outlet.acknowledgeAlert({ path, body: {}, ifMatch: 1 }));
    expect(first).toMatchObject({
      state: 'acknowledged',
      version: 2,
      acknowledged: { at: book.clock.now(), by: expect.any(String) },
    });
    forward(1);
    expect(expectOk(await officer.acknowledgeAlert({ path, body: {}, ifMatch: 1 }))).toEqual(first);
    expect(await stateOf()).toEqual(['acknowledged']);

    await stall.sell({ item, quantity: 1 });
    await sweep(location);
    expect(await read()).toMatchObject({
      state: 'acknowledged',
      acknowledged: first.acknowledged,
      version: 3,
      changedAt: book.clock.now(),
      figures: { onHand: 1 },
      before: { onHand: 2 },
    });
  });

  it('A snoozed alert reopens by the clock alone; the sweep writes it so.', async () => {
    const body = { until: inHours(6), why };
    const snoozed = expectOk(await outlet.snoozeAlert({ path, body, ifMatch: 1 }));
    expect(snoozed).toMatchObject({ state: 'snoozed', version: 2, snoozed: { ...body, at: book.clock.now() } });
    expect(expectOk(await outlet.snoozeAlert({ path, body, ifMatch: 1 }))).toEqual(snoozed);
    expect(await stateOf()).toEqual(['snoozed']);
    forward(5);
    await sweep(location);
    expect([await stateOf(), (await read()).version]).toEqual([['snoozed'], 2]);

    forward(1);
    expect([await stateOf(), (await read()).version]).toEqual([['open'], 2]);
    await sweep(location);
    expect([await stateOf(), (await read()).version, (await read()).episode]).toEqual([['open'], 3, 1]);
    await sweep(location);
    expect((await read()).version).toBe(3);
    expect(expectOk(await officer.acknowledgeAlert({ path, body: {}, ifMatch: 3 })).state).toBe('acknowledged');
  });

  it('A resolved alert, snoozed or not, opens anew with its next episode.', async () => {
    expectOk(await outlet.snoozeAlert({ path, body: { until: inHours(6), why }, ifMatch: 1 }));
    await stall.receive({ item, quantity: 9 });
    await sweep(location);
    expect([await stateOf(), await read()]).toMatchObject([['resolved'], { episode: 1, resolvedAt: book.clock.now() }]);
    const acts = [
      await outlet.acknowledgeAlert({ path, body: {}, ifMatch: 3 }),
      await outlet.snoozeAlert({ path, body: { until: inHours(6), why }, ifMatch: 3 }),
    ];
    expect(acts.map(outcomeOf)).toEqual(['409 ALERT_RESOLVED', '409 ALERT_RESOLVED']);

    await stall.sell({ item, quantity: 9 });
    await sweep(location);
    const again = await read();
    expect(again).toMatchObject({ state: 'open', episode: 2, version: 4 });
    for (const gone of ['acknowledged', 'snoozed', 'resolvedAt', 'before']) expect(again).not.toHaveProperty(gone);
  });

  it('An alert is acknowledged only at the version that the caller saw.', async () => {
    const body = { until: inHours(2), why };
    const tried = {
      'without a version': await outlet.acknowledgeAlert({ path, body: {} }),
      'another version': await outlet.acknowledgeAlert({ path, body: {}, ifMatch: 2 }),
      'another version, to snooze': await outlet.snoozeAlert({ path, body, ifMatch: 2 }),
      'until now': await outlet.snoozeAlert({ path, body: { ...body, until: book.clock.now() }, ifMatch: 1 }),
      'too long': await outlet.snoozeAlert({ path, body: { ...body, until: inHours(24 * 30 + 1) }, ifMatch: 1 }),
      'without a reason': await outlet.snoozeAlert({ path, body: { ...body, why: ' ' }, ifMatch: 1 }),
      'another alert': await outlet.acknowledgeAlert({
        path: { location, alert: 'LKO-NONE:short' },
        body: {},
        ifMatch: 1,
      }),
      'no alert': await outlet.acknowledgeAlert({ path: { location, alert: '../x' }, body: {}, ifMatch: 1 }),
      'of elsewhere': await outlet.acknowledgeAlert({ path: { ...path, location: 'LKO-02' }, body: {}, ifMatch: 1 }),
    };
    expect(Object.fromEntries(Object.entries(tried).map(([what, answer]) => [what, outcomeOf(answer)]))).toEqual({
      'without a version': '428 PRECONDITION_REQUIRED',
      'another version': '412 VERSION_MISMATCH',
      'another version, to snooze': '412 VERSION_MISMATCH',
      'until now': '400 INVALID_REQUEST',
      'too long': '400 INVALID_REQUEST',
      'without a reason': '400 INVALID_REQUEST',
      'another alert': '404 NOT_FOUND',
      'no alert': '400 INVALID_REQUEST',
      'of elsewhere': '403 FORBIDDEN',
    });
    expect([await stateOf(), (await read()).version]).toEqual([['open'], 1]);
  });

  it('Of many concurrent changes one succeeds, and the others get the new version.', async () => {
    const body = { until: inHours(2), why };
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        n % 2
          ? outlet.snoozeAlert({ path, body, ifMatch: 1 })
          : officer.acknowledgeAlert({ path, body: {}, ifMatch: 1 }),
      ),
    );
    for (const answer of answers) expect([200, '412 VERSION_MISMATCH']).toContain(outcomeOf(answer));
    const { state, version } = await read();
    expect([await stateOf(), version]).toEqual([[state], 2]);
    for (const answer of answers) if (answer.ok) expect(answer.body.state).toBe(state);
  });
});

// The reorder point of every kurta is 3.
const location = 'LKO-01';

const why = 'the weaver delivers on Tuesday';

const left = kurtas(45);

type State = 'open' | 'acknowledged' | 'snoozed' | 'resolved';

const STATES: readonly State[] = ['open', 'acknowledged', 'snoozed', 'resolved'];

const listed = async (query: { location: string } | { area: string }, state: State) =>
  expectOk(await officer.listAlerts({ query: { ...query, state } })).alerts.filter(({ alert }) => alert === path.alert);

/** Under which state it is listed, by location and by district: the same of both. */
const stateOf = async (): Promise<State[]> => {
  const [here, there] = [{ location }, { area: 'LKO' }];
  const found = await Promise.all(STATES.map((state) => listed(here, state)));
  expect(await Promise.all(STATES.map((state) => listed(there, state)))).toEqual(found);
  return STATES.filter((_state, at) => (found[at] ?? []).length > 0);
};

const inHours = (hours: number) => instantOf(millisecondsOf(book.clock.now()) + hours * 3_600_000);

const forward = (hours: number) => book.clock.forward(hours * 3_600);

const read = async () => {
  const [alert] = (await Promise.all(STATES.map((state) => listed({ location }, state)))).flat();
  if (!alert) throw new Error('it is not listed');
  return alert;
};
