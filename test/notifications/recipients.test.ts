import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertEventNames } from '../../shared/alerts/alert-event.ts';
import { AlertState, EscalationLevel } from '../../shared/alerts/alert-state.ts';
import { StockAlert } from '../../shared/alerts/sources/stock.ts';
import { AreaId, StaffId } from '../../shared/kernel/ids.ts';
import { instantOf, millisecondsOf } from '../../shared/kernel/time.ts';
import { deliveryStateOf, lastDigestsOf } from '../../shared/notifications/delivery.ts';
import { alertsToNotify, digestCutoffOf, renderDigest } from '../../shared/notifications/digest.ts';
import { deliveryMethodsOf, isWakingHour, urgentNotificationName } from '../../shared/notifications/notification.ts';
import { audienceOf, digestRecipientsIn } from '../../shared/notifications/recipients.ts';
import { Audience, Contact, contactPersonsOf, Staff } from '../../shared/registry/staff.ts';
import { runs } from '../kit/runs.ts';

it.each([
  ['2026-11-22T01:29:59Z', false],
  ['2026-11-22T01:30:00Z', true],
  ['2026-11-22T15:29:59Z', true],
  ['2026-11-22T15:30:00Z', false],
  ['2026-11-22T20:00:00Z', false],
])('At %s people are awake: %s.', (instant, awake) => {
  expect(isWakingHour(instantOf(Date.parse(instant)))).toBe(awake);
});

describe('Digest', () => {
  it('From digest to digest, each alert of each level is told once, and all in the end.', { tags: 'property' }, () => {
    fc.assert(
      fc.property(
        someAlerts,
        fc.array(fc.integer({ min: 15, max: 2_000 }), { minLength: 2, maxLength: 6 }),
        (all, waits) => {
          const mentions = new Map<string, number>();
          let now = 0;
          let from: ReturnType<typeof digestCutoffOf> | undefined;
          for (const wait of [...waits, 2_000]) {
            now += wait;
            for (const alert of alertsToNotify(all, { from: () => from, now: at(now) }).filter(
              ({ type }) => type !== 'out',
            ))
              mentions.set(
                urgentNotificationName(alert, at(now)),
                (mentions.get(urgentNotificationName(alert, at(now))) ?? 0) + 1,
              );
            from = digestCutoffOf(at(now));
          }
          for (const times of mentions.values()) expect(times).toBe(1);
          const isOut = (item: string) =>
            all.some((one) => one.item === item && one.type === 'out' && stateAt(one, now) === 'open');
          for (const alert of all)
            if (
              stateAt(alert, now) === 'open' &&
              (alert.type === 'discrepancy' || (alert.type === 'short' && !isOut(alert.item)))
            )
              expect(mentions.has(urgentNotificationName(alert, at(now)))).toBe(true);
        },
      ),
      { numRuns: runs(500) },
    );
  });

  it('A digest has the unacknowledged alerts, the urgent first.', () => {
    fc.assert(
      fc.property(someAlerts, (all) => {
        const found = alertsToNotify(all, { from: () => undefined, now: at(60) });
        expect(found.every(({ state }) => state === 'open')).toBe(true);
        const urgent = found.map(({ type }) => type === 'out');
        expect(urgent).toEqual([...urgent].sort((a, b) => Number(b) - Number(a)));
      }),
    );
  });

  it('A digest of more than twenty lines gives the number of the rest.', () => {
    const lines = Array.from({ length: 23 }, (_, n) => lineOf(n));
    const { subject, text } = renderDigest(lines, 'state');
    expect(subject.en).toBe('Bahi, state: 23 new alerts');
    expect(text.en.split('\n')).toHaveLength(21);
    expect(text.en).toMatch(/And 3 more: see the list of alerts\.$/);
    expect(renderDigest(lines.slice(0, 1)).subject).toEqual({ en: 'Bahi: 1 new alert', hi: 'बही: 1 नई सूचना' });
  });

  it('A digest marks a line that may have been told before.', () => {
    const { text } = renderDigest([lineOf(0), { ...lineOf(1), unsure: true }]);
    expect(text.en).toBe('line 0.\nline 1. (You may have been told of this already.)');
    expect(text.hi.split('\n')[1]).toMatch(/पहले बताया जा चुका/);
  });
});

const lineOf = (n: number, more: object = {}) => ({
  line: { en: `line ${n}.`, hi: `पंक्ति ${n}।` },
  shortLine: { en: `LKO-01, low: ${n}`, hi: `LKO-01, कम बचा: ${n}` },
  urgent: false,
  unsure: false,
  ...more,
});

describe("Readers of an area's digest", () => {
  const S = StaffId.parse;
  const person = (id: string, ...audiences: string[]) => ({
    id: S(id),
    audiences: new Set(audiences.map((one) => Audience.parse(one))),
    contact: { phone: '+919800000001', language: 'hi' as const },
  });
  const people = [person('S1', 'LKO-01'), person('S2', 'LKO'), person('S3', 'LKO', 'PBT'), person('S4', 'state')];
  const open = [
    alertOf(),
    alertOf({ level: 'district' }),
    alertOf({ level: 'state' }),
    alertOf({ location: 'PBE-01', district: 'PBT', level: 'district' }),
  ];

  it('Each topic and each person reads once, over all areas.', () => {
    const digests = (['LKO', 'PBT', 'state'] as const).flatMap((area) => {
      const of = open.filter(({ district }) => area === 'state' || district === area);
      return digestRecipientsIn(AreaId.parse(area), of, people).map(
        ({ to, alerts }) => `${area}: ${to} ${alerts.length}`,
      );
    });
    expect(digests.sort()).toEqual(
      [
        'LKO: LKO-01 1',
        'LKO: LKO 1',
        'PBT: PBT 1',
        'state: state 1',
        'LKO: staff:S1 1',
        'LKO: staff:S2 1',
        'state: staff:S3 2',
        'state: staff:S4 1',
      ].sort(),
    );
    expect(open.map(audienceOf)).toEqual(['LKO-01', 'LKO', 'state', 'PBT']);
  });
});

describe('Recipients', () => {
  const staff = (id: string, entry: object) => ({ id: StaffId.parse(id), entry: Staff.parse({ name: id, ...entry }) });

  it('A shared phone or address is one recipient with all areas; without either there is none.', () => {
    const [phone, email] = ['+919800000001', 'stall@example.in'];
    const found = contactPersonsOf([
      staff('S3', { location: 'LKO-02', email, language: 'en' }),
      staff('S1', { location: 'LKO-01', phone }),
      staff('S2', { location: 'LKO-01', looksAfter: ['LKO'], phone, email }),
      staff('S4', { location: 'LKO-03' }),
    ]);
    expect(found).toEqual([
      { id: 'S1', audiences: new Set(['LKO-01', 'LKO', 'LKO-02']), contact: { phone, email, language: 'hi' } },
    ]);
  });

  it('Entries that a third entry connects are one recipient, in any order of ids.', () => {
    const [phone, email] = ['+919800000001', 'asha@example.in'];
    const [first, second, third] = [{ phone }, { email }, { phone, email }];
    const found = contactPersonsOf([
      staff('S1', { location: 'LKO-01', ...first }),
      staff('S2', { location: 'LKO-02', ...second }),
      staff('S3', { looksAfter: ['LKO'], ...third }),
    ]);
    expect(found).toEqual([
      { id: 'S1', audiences: new Set(['LKO-01', 'LKO-02', 'LKO']), contact: { phone, email, language: 'hi' } },
    ]);
  });

  it('People with one office address and own phones are each called.', () => {
    const email = 'office@example.in';
    const found = contactPersonsOf([
      staff('S1', { location: 'LKO-01', phone: '+919800000001', email }),
      staff('S2', { location: 'LKO-02', phone: '+919800000002', email }),
    ]);
    const rung = found
      .filter(({ audiences }) => new Set<string>(audiences).has('LKO-02'))
      .map(({ contact }) => contact.phone);
    expect(rung).toContain('+919800000002');
  });

  it('A recipient has one channel: urgent alerts by phone, digests by e-mail where possible.', () => {
    const [phone, email, language] = ['+919800000001', 'a@example.in', 'hi' as const];
    const ways = (contact: object | undefined, kind: 'urgent' | 'digest') =>
      deliveryMethodsOf({ contact: contact && Contact.parse({ language, ...contact }), sms: { kind, en: '', hi: '' } });
    expect(ways(undefined, 'urgent')).toEqual(['topic']);
    expect([ways({ phone }, 'urgent'), ways({ phone }, 'digest')]).toEqual([['sms'], ['sms']]);
    expect([ways({ email }, 'urgent'), ways({ email }, 'digest')]).toEqual([['email'], ['email']]);
    expect([ways({ phone, email }, 'urgent')[0], ways({ phone, email }, 'digest')[0]]).toEqual(['sms', 'email']);
  });
});

describe('Delivery status', () => {
  const name = { message: 'digest#2026-11-22', at: at(0) };
  it('It is unknown once the claiming process cannot be running.', () => {
    expect(deliveryStateOf(undefined, at(0))).toBe('no');
    expect(deliveryStateOf(name, at(99))).toBe('yes');
    const unsent = { ...name, unsent: true as const };
    expect([deliveryStateOf(unsent, at(15)), deliveryStateOf(unsent, at(16))]).toEqual(['yes', 'unsure']);
  });

  it('The time told up to is that of the last digest surely sent.', () => {
    const digest = (day: number, more: object = {}) => ({
      message: `digest#2026-11-${day}`,
      at: at(day),
      upTo: at(day),
      of: ['LKO'],
      ...more,
    });
    const unsent = { unsent: true as const };
    expect(lastDigestsOf([])).toEqual({ name: undefined, sure: [], unsure: undefined });
    expect(lastDigestsOf([digest(24), digest(23)])).toMatchObject({
      sure: [{ upTo: at(24) }, { upTo: at(23) }],
      unsure: undefined,
    });
    expect(lastDigestsOf([digest(24, unsent), digest(23, unsent), digest(22)])).toEqual({
      name: 'digest#2026-11-24',
      sure: [{ upTo: at(22), of: ['LKO'] }],
      unsure: { upTo: at(24), of: ['LKO'] },
    });
  });
});

const stateAt = (alert: ReturnType<typeof alertOf>, now: number): string =>
  alert.state === 'snoozed' && millisecondsOf(alert.snoozed?.until ?? at(0)) <= START + now * MINUTE
    ? 'open'
    : alert.state;

describe('Changes of an alert', () => {
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
    expect(alertEventNames(before && alertOf(before), alertOf(after))).toEqual(what);
  });
});

const MINUTE = 60_000;

const START = Date.parse('2026-11-22T05:00:00Z');

const at = (minutes: number) => instantOf(START + minutes * MINUTE);

const alertOf = (more: object = {}) =>
  StockAlert.parse({
    location: 'LKO-01',
    item: 'LKO-KURTA-01',
    type: 'short',
    district: 'LKO',
    state: 'open',
    episode: 1,
    openedAt: at(0),
    stockVersion: 1,
    itemVersion: 1,
    placeVersion: 1,
    version: 1,
    figures: { onHand: 0, free: 0, inbound: 0, reorderPoint: 3 },
    ...more,
  });

const alerts = fc
  .record({
    item: fc.integer({ min: 1, max: 4 }),
    type: fc.constantFrom('short', 'out', 'discrepancy'),
    state: fc.constantFrom(...AlertState.options),
    level: fc.constantFrom(...EscalationLevel.options),
    opened: fc.integer({ min: -3_000, max: 0 }),
    up: fc.option(fc.integer({ min: -3_000, max: 0 }), { nil: undefined }),
    until: fc.integer({ min: -1_000, max: 1_000 }),
  })
  .map(({ item, opened, up, until, state, ...rest }) =>
    alertOf({
      ...rest,
      state,
      item: `LKO-KURTA-0${item}`,
      openedAt: at(opened),
      ...(up !== undefined && { escalatedAt: at(Math.max(up, opened)) }),
      ...(state === 'snoozed' && { snoozed: { at: at(opened), by: 'S001', until: at(until), why: 'later' } }),
    }),
  );

/** An item has one alert of a type. */
const someAlerts = fc.uniqueArray(alerts, { maxLength: 8, selector: ({ item, type }) => `${item} ${type}` });
