import { describe, expect, it } from 'vitest';
import { isRefusal, type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import { Day, Instant } from '../../shared/kernel/time.ts';
import { MaterialRequest, REQUEST_STATES } from '../../shared/materials/material-request.ts';
import {
  type AllocationShare,
  allocatedShareOf,
  approveShare,
  cancel,
  limitShareToAccount,
  type RequestEffects,
  shareOfItem,
} from '../../shared/materials/request-transitions.ts';

const [BAMBOO, CANE] = ['PBT-BAMBOO', 'PBT-CANE'].map((id) => MaterialRequest.shape.lines.element.shape.item.parse(id));
const [run, next] = ['2026-11-22', '2026-11-23'].map((day) => Day.parse(day)) as [Day, Day];
const at = Instant.parse('2026-11-22T00:30:00Z');
const doing = { at, by: 'allocate-materials', run, told: { en: 'For you.', hi: 'आपके लिए।' } };

describe('Share of a run', () => {
  it('It is reserved in request and accounts as far as it goes, and takes no stock again.', () => {
    const given = approveShare(requestIn(), shareOf(5, 0), doing);
    expect(given).toEqual({
      stock: [],
      accounts: [{ item: BAMBOO, reserved: 5, drawn: 0 }],
      request: {
        ...requestIn(),
        state: 'approved',
        version: 2,
        lines: [
          { item: BAMBOO, asked: 9, approved: 5, issued: 0 },
          { item: CANE, asked: 9, approved: 0, issued: 0 },
        ],
        history: [...requestIn().history, { did: 'allocate', ...doing, lines: [{ item: BAMBOO, quantity: 5 }] }],
      },
    });
  });

  it.each([shareOf(0, 0), shareOf()])(
    'A share of nothing is a day of waiting, which is told and changes no account.',
    (none) => {
      expect(approveShare(requestIn(), none, doing)).toEqual({
        stock: [],
        accounts: [],
        request: { ...requestIn(), version: 2, history: [...requestIn().history, { did: 'wait', ...doing }] },
      });
    },
  );

  it.each(REQUEST_STATES.filter((state) => state !== 'submitted'))('A request that is %s takes no share.', (state) => {
    for (const share of [shareOf(5), shareOf(0)])
      expect(approveShare(requestIn(state), share, doing)).toMatchObject({ refused: 'REQUEST_STATE' });
  });

  it('Of the days of waiting the last is kept; a day with a share is kept for good.', () => {
    const waited = done(
      approveShare(done(approveShare(requestIn(), shareOf(), doing)), shareOf(), { ...doing, run: next }),
    );
    expect(waited.history.map(({ did, run }) => [did, run])).toEqual([
      ['submit', undefined],
      ['wait', next],
    ]);
    expect([allocatedShareOf(waited, run), allocatedShareOf(waited, next)]).toEqual([undefined, new Map()]);
    const given = done(approveShare(waited, shareOf(0, 2), { ...doing, run: Day.parse('2026-11-24') }));
    const over = done(cancel(given, { at, by: 'someone' }));
    for (const request of [given, over])
      expect(allocatedShareOf(request, Day.parse('2026-11-24'))).toEqual(new Map([[CANE, 2]]));
  });

  it('A share that is not there yet is not a share of nothing.', () => {
    expect(allocatedShareOf(requestIn(), run)).toBeUndefined();
    expect(allocatedShareOf(done(approveShare(requestIn(), shareOf(), doing)), run)).toEqual(new Map());
    expect(
      BAMBOO && [shareOfItem(shareOf(5), BAMBOO), shareOfItem(shareOf(), BAMBOO), shareOfItem(undefined, BAMBOO)],
    ).toEqual([5, 0, 0]);
  });
});

describe('Share beyond what is left by now', () => {
  const over = (...left: (readonly [item: typeof BAMBOO, left: number])[]) =>
    refuse('ENTITLEMENT_EXCEEDED', 'Too much.', {
      over: left.flatMap(([item, left]) => (item ? [{ item, wanted: 9, left }] : [])),
    });

  it.each([
    { left: [[BAMBOO, 3]], share: shareOf(5, 4), less: shareOf(3, 4) },
    {
      left: [
        [BAMBOO, 0],
        [CANE, 1],
      ],
      share: shareOf(5, 4),
      less: shareOf(0, 1),
    },
    { left: [[BAMBOO, -6]], share: shareOf(5), less: shareOf(0) },
    { left: [[CANE, 3]], share: shareOf(5), less: shareOf(5) },
  ] as const)('It is cut to what is left: $left', ({ left, share, less }) => {
    expect(limitShareToAccount(share, over(...left))).toEqual(less);
  });

  it.each([
    refuse('INSUFFICIENT_STOCK', 'None.', { short: [] }),
    refuse('REQUEST_STATE', 'No.', { state: 'cancelled' }),
    refuse('NOT_FOUND', 'No.'),
  ])('A share beyond it does not answer $refused', (refusal) => {
    expect(limitShareToAccount(shareOf(5), refusal)).toBeUndefined();
  });
});

const shareOf = (...quantities: number[]): AllocationShare =>
  new Map([BAMBOO, CANE].flatMap((item, n) => (item && quantities[n] !== undefined ? [[item, quantities[n]]] : [])));

const requestIn = (state = 'submitted') =>
  MaterialRequest.parse({
    request: '7KQ2MQ2611220001',
    producer: 'P0042',
    depot: 'PBE-D1',
    season: '2026-27',
    via: 'own',
    state,
    neededBy: '2026-12-01',
    submittedAt: at,
    version: 1,
    history: [{ did: 'submit', at, by: 'someone' }],
    lines: [BAMBOO, CANE].map((item) => ({ item, asked: 9, approved: 0, issued: 0 })),
  });

const done = (made: RequestEffects | Refusal): MaterialRequest => {
  if (isRefusal(made)) throw new Error(made.detail);
  return made.request;
};
