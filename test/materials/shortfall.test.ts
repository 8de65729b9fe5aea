import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ItemId } from '../../shared/kernel/ids.ts';
import { isRefusal, type Refusal } from '../../shared/kernel/refusal.ts';
import { Instant } from '../../shared/kernel/time.ts';
import { MaterialRequest, reservedQuantitiesOf } from '../../shared/materials/material-request.ts';
import { renderLoss } from '../../shared/materials/request-sentences.ts';
import type { RequestEffects } from '../../shared/materials/request-transitions.ts';
import { isTotalLoss, lossesOf, reduceReservation } from '../../shared/materials/reservation.ts';
import { runs } from '../kit/runs.ts';

const BAMBOO = ItemId.parse('PBT-BAMBOO');
const CANE = ItemId.parse('PBT-CANE');

const doing = { at: Instant.parse('2026-11-23T06:00:00Z'), by: 'settle-reserved' };

const reserved = (request: MaterialRequest, item = BAMBOO) => reservedQuantitiesOf(request).get(item) ?? 0;

describe('Who loses a reservation', () => {
  it('The latest reservation loses, and the one before only what is still missing.', () => {
    const three = [held({ serial: 1, approved: 50, at: 1 }), held({ serial: 2, approved: 30, at: 3 })];
    three.push(held({ serial: 3, approved: 20, at: 2 }));
    expect(losers(29, three)).toEqual([[2, 29]]);
    expect(losers(30, three)).toEqual([[2, 30]]);
    expect(losers(31, three)).toEqual([
      [2, 30],
      [3, 1],
    ]);
    expect(losers(999, three).map(([who]) => who)).toEqual([2, 3, 1]);
    expect([losers(0, three), losers(5, [])]).toEqual([[], []]);
  });

  it('The time of reservation decides, not of the request or of a partial issue.', () => {
    const early = held({ serial: 1, approved: 50, issued: 20, at: 1, asked: 9 });
    expect(losers(40, [early, held({ serial: 2, approved: 30, at: 2 })])).toEqual([
      [2, 30],
      [1, 10],
    ]);
  });

  it('Within one run the latest request loses, in any order of processing.', () => {
    const run = '2026-11-22';
    const requests = [
      held({ serial: 1, approved: 10, at: 12, asked: 1, run }),
      held({ serial: 2, approved: 10, at: 10, asked: 3, run }),
      held({ serial: 3, approved: 10, at: 11, asked: 2, run }),
      held({ serial: 5, approved: 10, at: 12, asked: 1, run }),
      held({ serial: 4, approved: 10, at: 11, asked: 0 }),
      held({ serial: 6, approved: 10, at: 9, asked: 9 }),
    ];
    // An approval by hand during the run counts as later than the run.
    expect(losers(60, requests).map(([who]) => who)).toEqual([4, 2, 3, 5, 1, 6]);
  });

  const many = fc
    .uniqueArray(
      fc.record({
        serial: fc.integer({ min: 1, max: 9_999 }),
        at: fc.nat(20),
        approved: fc.integer({ min: 0, max: 90 }),
      }),
      { selector: ({ serial }) => serial, maxLength: 12 },
    )
    .chain((all) =>
      fc.tuple(
        ...all.map((one) =>
          fc
            .tuple(fc.nat(one.approved), fc.option(fc.constantFrom('2026-11-22', '2026-11-23')), fc.nat(20))
            .map(([issued, run, asked]) => held({ ...one, issued, asked, ...(run && { run }) })),
        ),
      ),
    );

  it('In total the missing or reserved quantity is lost, whole requests first, in any order.', {
    tags: 'property',
  }, () => {
    fc.assert(
      fc.property(many, fc.nat(600), fc.nat(), (requests, missing, turn) => {
        const losses = lossesOf(BAMBOO, missing, requests);
        const sum = losses.reduce((all, { quantity }) => all + quantity, 0);
        const all = requests.reduce((of, request) => of + reserved(request), 0);
        expect(sum).toBe(Math.min(missing, all));
        for (const { request, quantity } of losses)
          expect([quantity > 0, quantity <= reserved(request)]).toEqual([true, true]);
        for (const { request, quantity } of losses.slice(0, -1)) expect(quantity).toBe(reserved(request));
        expect(new Set(losses.map(({ request }) => request)).size).toBe(losses.length);
        const by = turn % (requests.length || 1);
        expect(lossesOf(BAMBOO, missing, [...requests.slice(by), ...requests.slice(0, by)].toReversed())).toEqual(
          losses,
        );
      }),
      { numRuns: runs(500) },
    );
  });

  it('Among manual approvals nobody who keeps any was reserved later than one who loses.', () => {
    const byHand = fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 90 })), { maxLength: 12 });
    fc.assert(
      fc.property(byHand, fc.nat(600), (list, missing) => {
        const requests = list.map(([at, approved], n) => held({ serial: n + 1, approved, at }));
        const losses = lossesOf(BAMBOO, missing, requests);
        const atOf = ({ history }: MaterialRequest) => history[1]?.at ?? '';
        const keeping = requests.filter(
          (one) => reserved(one) > (losses.find(({ request }) => request === one)?.quantity ?? 0),
        );
        const latestKept = keeping.map(atOf).toSorted().at(-1) ?? '';
        for (const { request } of losses) expect(atOf(request) >= latestKept).toBe(true);
      }),
    );
  });
});

describe('Losing a reservation', () => {
  const accepted = (made: RequestEffects | Refusal): RequestEffects => {
    if (isRefusal(made)) throw new Error(`refused: ${JSON.stringify(made)}`);
    return made;
  };
  const lost = (request: MaterialRequest, quantity: number, item = BAMBOO) =>
    accepted(reduceReservation({ request, quantity }, item, doing));

  it('It leaves reservation, account and negative stock, and nothing on the shelf.', () => {
    const { request, stock, accounts } = lost(held({ serial: 1, approved: 50, issued: 20, at: 1 }), 12);
    expect(request).toMatchObject({ state: 'issued', version: 3, lines: [{ approved: 38, issued: 20 }, {}] });
    expect(request.history.at(-1)).toEqual({ did: 'reduce', ...doing, lines: [{ item: BAMBOO, quantity: -12 }] });
    expect(stock).toEqual([{ item: BAMBOO, onHand: 0, free: 12, requires: { freeAtMost: -12 } }]);
    expect(accounts).toEqual([{ item: BAMBOO, reserved: -12, drawn: 0 }]);
  });

  it.each([
    ['all of the only material', { approved: 50 }, 50, 'requeue', 'submitted'],
    ['a part of it', { approved: 50 }, 49, 'reduce', 'approved'],
    ['all, where another material stays', { approved: 50, cane: 3 }, 50, 'reduce', 'approved'],
    ['the rest, after a part was issued', { approved: 50, issued: 20 }, 30, 'reduce', 'issued'],
  ])('%s', (_what, amounts, quantity, action, state) => {
    const before = held({ serial: 1, at: 1, ...amounts });
    const { request } = lost(before, quantity);
    expect([request.state, request.history.at(-1)?.did]).toEqual([state, action]);
    expect(isTotalLoss({ request: before, quantity })).toBe(state === 'submitted');
  });

  it('Lost material by material, a request ends as waiting with nothing reserved.', () => {
    const first = lost(held({ serial: 1, approved: 50, cane: 3, at: 1 }), 3, CANE).request;
    const { request } = lost(first, 50);
    expect([first.state, request.state, [...reservedQuantitiesOf(request)]]).toEqual(['approved', 'submitted', []]);
  });

  it.each(['submitted', 'rejected', 'cancelled', 'lapsed'])('A request that is %s cannot lose.', (state) => {
    const request = MaterialRequest.parse({ ...held({ serial: 1, approved: 5, at: 1 }), state });
    expect(reduceReservation({ request, quantity: 5 }, BAMBOO, doing)).toMatchObject({
      refused: 'REQUEST_STATE',
      facts: { state },
    });
  });

  it('It is told in both languages, in units that people use.', () => {
    const item = { name: 'Bamboo', nameHi: 'बाँस', unit: 'gram', units: [{ unit: 'kg', base: 1_000, per: 1 }] } as const;
    const some = renderLoss({ ...item, units: [...item.units] }, { lost: 1_500, remaining: 38_000, waits: false });
    expect([some.en, some.hi]).toEqual([
      expect.stringMatching(/^(?=.*Bamboo)(?=.* 1\.5 kg ).* 38 kg/),
      expect.stringMatching(/^(?=.*बाँस)(?=.* 1\.5 किग्रा ).* 38 किग्रा/),
    ]);
    const none = renderLoss({ ...item, units: [] }, { lost: 7, remaining: 0, waits: false });
    expect([none.en, none.hi]).toEqual([
      expect.stringMatching(/ 7 gram.* none/),
      expect.stringMatching(/ 7 ग्राम .*कुछ नहीं/),
    ]);
  });
});

const time = (minute: number) => new Date(Date.parse('2026-11-22T05:00:00Z') + minute * 60_000).toISOString();

type Held = {
  serial: number;
  approved: number;
  issued?: number;
  at: number;
  asked?: number;
  run?: string;
  cane?: number;
};

/** Something that is reserved at a minute, asked for at another; by hand, or by a run. */
const held = ({ serial, approved, issued = 0, at, asked = 0, run, cane = 0 }: Held) =>
  MaterialRequest.parse({
    request: `7KQ2MQ261122${String(serial).padStart(4, '0')}`,
    producer: 'P0042',
    depot: 'PBE-D1',
    season: '2026-27',
    via: 'own',
    neededBy: '2026-12-01',
    submittedAt: time(asked - 600),
    version: 2,
    lines: [
      { item: BAMBOO, asked: 1_000, approved, issued },
      { item: CANE, asked: 1_000, approved: cane, issued: 0 },
    ],
    state: issued > 0 ? 'issued' : 'approved',
    history: [
      { did: 'submit', at: time(asked - 600), by: 'someone' },
      { did: run ? 'allocate' : 'approve', at: time(at), by: 'someone', ...(run && { run }) },
      ...(issued > 0 ? [{ did: 'issue', at: time(9_000), by: 'someone' }] : []),
    ],
  });

const losers = (missing: number, requests: readonly MaterialRequest[]) =>
  lossesOf(BAMBOO, missing, requests).map(({ request, quantity }) => [Number(request.request.slice(-4)), quantity]);
