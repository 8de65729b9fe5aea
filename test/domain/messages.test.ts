import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { happened } from '../../shared/domain/alerts/happened.ts';
import { AlertState, Level } from '../../shared/domain/alerts/life.ts';
import { StockAlert } from '../../shared/domain/alerts/stock-alert.ts';
import { byRecipient, digestText, toldTo, untold } from '../../shared/domain/messages/digest.ts';
import { urgentName } from '../../shared/domain/messages/message.ts';
import { isWaking } from '../../shared/domain/messages/waking.ts';
import { instantOf, millisecondsOf } from '../../shared/domain/time.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-11-22T05:00:00Z');
const at = (minutes: number) => instantOf(START + minutes * MINUTE);
const alertOf = (more: object = {}) =>
  StockAlert.parse({
    ...{ location: 'LKO-01', item: 'LKO-KURTA-01', type: 'short', district: 'LKO', state: 'open', episode: 1 },
    ...{ openedAt: at(0), stockVersion: 1, itemVersion: 1, placeVersion: 1, version: 1 },
    figures: { onHand: 0, free: 0, inbound: 0, reorderPoint: 3 },
    ...more,
  });

const alerts = fc
  .record({
    item: fc.integer({ min: 1, max: 4 }),
    type: fc.constantFrom('short', 'out', 'discrepancy'),
    state: fc.constantFrom(...AlertState.options),
    level: fc.constantFrom(...Level.options),
    opened: fc.integer({ min: -3_000, max: 0 }),
    up: fc.option(fc.integer({ min: -3_000, max: 0 }), { nil: undefined }),
    until: fc.integer({ min: -1_000, max: 1_000 }),
  })
  .map(({ item, opened, up, until, state, ...rest }) =>
    alertOf({
      ...{ ...rest, state, item: `LKO-KURTA-0${item}`, openedAt: at(opened) },
      ...(up !== undefined && { escalatedAt: at(Math.max(up, opened)) }),
      ...(state === 'snoozed' && { snoozed: { at: at(opened), by: 'S001', until: at(until), why: 'later' } }),
    }),
  );

it.each([
  ['2026-11-22T01:29:59Z', false],
  ['2026-11-22T01:30:00Z', true],
  ['2026-11-22T15:29:59Z', true],
  ['2026-11-22T15:30:00Z', false],
  ['2026-11-22T20:00:00Z', false],
])('at %s people are awake: %s', (instant, awake) => {
  expect(isWaking(instantOf(Date.parse(instant)))).toBe(awake);
});

describe('a digest', () => {
  it('from one to the next tells each alert of each level once, and all of them in the end', () => {
    fc.assert(
      fc.property(
        fc.array(alerts, { maxLength: 8 }),
        fc.array(fc.integer({ min: 15, max: 2_000 }), { minLength: 2, maxLength: 6 }),
        (all, waits) => {
          const told = new Map<string, number>();
          let now = 0;
          let from: ReturnType<typeof toldTo> | undefined;
          for (const wait of [...waits, 2_000]) {
            now += wait;
            for (const alert of untold(all, { from, now: at(now) }).filter(({ type }) => type !== 'out'))
              told.set(urgentName(alert, at(now)), (told.get(urgentName(alert, at(now))) ?? 0) + 1);
            from = toldTo(at(now));
          }
          for (const times of told.values()) expect(times).toBe(1);
          const isOut = (item: string) =>
            all.some((one) => one.item === item && one.type === 'out' && stateAt(one, now) === 'open');
          for (const alert of all)
            if (
              stateAt(alert, now) === 'open' &&
              (alert.type === 'discrepancy' || (alert.type === 'short' && !isOut(alert.item)))
            )
              expect(told.has(urgentName(alert, at(now)))).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is of what nobody has taken on, the urgent first, and each is for one recipient', () => {
    fc.assert(
      fc.property(fc.array(alerts, { maxLength: 8 }), (all) => {
        const found = untold(all, { from: undefined, now: at(60) });
        expect(found.every(({ state }) => state === 'open')).toBe(true);
        const urgent = found.map(({ type }) => type === 'out');
        expect(urgent).toEqual([...urgent].sort((a, b) => Number(b) - Number(a)));
        expect([...byRecipient(found).values()].flat()).toHaveLength(found.length);
      }),
    );
  });

  it('of more than twenty lines says how many more', () => {
    const lines = Array.from({ length: 23 }, (_, n) => ({ en: `line ${n}.`, hi: `पंक्ति ${n}।` }));
    const { subject, text } = digestText('state', lines);
    expect(subject.en).toBe('Bahi, state: 23 new alerts');
    expect(text.en.split('\n')).toHaveLength(21);
    expect(text.en).toMatch(/And 3 more: see the list of alerts\.$/);
    expect(digestText('state', lines.slice(0, 1)).subject.en).toBe('Bahi, state: 1 new alert');
  });
});

const stateAt = (alert: ReturnType<typeof alertOf>, now: number): string =>
  alert.state === 'snoozed' && millisecondsOf(alert.snoozed?.until ?? at(0)) <= START + now * MINUTE
    ? 'open'
    : alert.state;

describe('what happened to an alert', () => {
  const acknowledged = { state: 'acknowledged', acknowledged: { at: at(1), by: 'S001' } };
  const snoozed = { state: 'snoozed', snoozed: { at: at(1), by: 'S001', until: at(9), why: 'later' } };
  const resolved = { state: 'resolved', resolvedAt: at(1) };
  it.each([
    [undefined, {}, ['opened']],
    [undefined, resolved, []],
    [{}, { figures: alertOf().figures, version: 2 }, []],
    [{}, acknowledged, ['acknowledged']],
    [{}, snoozed, ['snoozed']],
    [snoozed, { ...snoozed, snoozed: { ...snoozed.snoozed, until: at(12) } }, ['snoozed']],
    [snoozed, {}, ['woken']],
    [{}, { level: 'district', escalatedAt: at(1) }, ['escalated']],
    [snoozed, { level: 'district', escalatedAt: at(1) }, ['woken', 'escalated']],
    [acknowledged, resolved, ['resolved']],
    [resolved, { episode: 2 }, ['opened']],
    [resolved, { ...resolved, district: 'PBT' }, []],
  ])('%#', (before, after, what) => {
    expect(happened(before && alertOf(before), alertOf(after))).toEqual(what);
  });
});
