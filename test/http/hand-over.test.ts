import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { HandOverOutcome } from '../../shared/ledger/kinds/hand-over.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';
import { type Book, expectOk, useBook } from '../kit/book.ts';
import { expectBookMatchesStock, outcomeText } from '../kit/book-check.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { steppedClient } from '../kit/interceptor.ts';
import type { Phone, Written } from '../kit/phone.ts';
import { counted, handedOver, openShop, phonesAt, received, type Shop, sold } from '../kit/shop.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const stepped = steppedClient(inject('endpoint'));
let officer: Book['admin'];
let shop: Shop;
let phone: Phone;
let other: Phone;
let sheet: string;
const book = useBook({ client: stepped.client });
beforeAll(async () => {
  officer = await book.as('officer', 'district:LKO');
});
/** A stall of two phones with ten kurtas, counted. */
beforeEach(async () => {
  shop = await openShop(book, [0, -100_000]);
  [phone, other] = shop.phones as [Phone, Phone];
  await say(received({ item, quantity: 10 }), -290);
  sheet = (await say(counted({ item, quantity: 10 }), -280)).number;
});
afterEach(() => book.clock.set('2026-11-22T05:00:00Z'));

describe('Hand-over', () => {
  it('It ends the old terminals with their last numbers and gives a code for the next holder.', async () => {
    const { number: last } = await say(one, -100);
    const ours = { [phone.terminal]: [last], [other.terminal]: [] };
    const shelf = await shop.rows();
    const { number: by, outcome } = await say(handedOver([sheet], ours), -50);
    const code = { seller: 'LKO1', code: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{4} [0-9A-HJKMNP-TV-Z]{4}$/) };
    expect(outcome).toEqual({ codes: [code], expiresAt: '2026-11-23T05:00:00.000Z' });
    expect(await shop.rows()).toEqual(shelf);
    const handing = { by, at: '2026-11-22T04:59:10.000Z' };
    expect(await registered(phone.terminal)).toMatchObject({
      version: 2,
      entry: { handedOver: { ...handing, last: [last] } },
    });
    expect(await registered(other.terminal)).toMatchObject({
      version: 2,
      entry: { handedOver: { ...handing, last: [] } },
    });

    const [{ code: theirs } = { code: '' }] = codesOf({ outcome } as Voucher);
    const fresh = expectOk(await enrol(theirs));
    expect(fresh).toMatchObject({ location: shop.location, seller: 'LKO1' });
    expect(outcomeOf(await enrol(theirs))).toBe('409 ENROLMENT_CODE_USED');
    const path = { location: shop.location, number: `${fresh.terminal}S2611220001` };
    const claim = { ...one, occurredAt: book.clock.now(), by: 'S002', previous: null };
    expect(outcomeOf(await shop.client.recordVoucher({ path, body: claim as never }))).toBe(201);
  });

  it('It gives a code for each seller whose terminals it ends.', async () => {
    const { phones } = await phonesAt(book, shop.location, 'LKO2');
    const theirs = phones[0]?.terminal ?? '';
    const { outcome } = await say(handedOver([], { [phone.terminal]: [], [theirs]: [], [other.terminal]: [] }), -50);
    const codes = codesOf({ outcome } as Voucher);
    expect(codes.map(({ seller }) => seller)).toEqual(['LKO1', 'LKO2']);
    for (const { seller, code } of codes) expect(expectOk(await enrol(code))).toMatchObject({ seller });
  });

  it('A repeat returns the same codes, live or synced, even from a terminal that it ended.', async () => {
    const handing = phone.write(handedOver([sheet], { [phone.terminal]: [] }), at(-50));
    const first = await phone.live(handing);
    expect(first.status).toBe(201);
    book.bahi.startFunctions();
    const again = await phone.live(handing);
    expect([again.status, expectOk(again)]).toEqual([200, expectOk(first)]);
    expect(await bring(handing)).toEqual(['repeated']);
    const otherwise = { ...handing, claim: { ...handing.claim, cash: 1 } };
    expect(outcomeOf(await phone.live(otherwise))).toBe('409 VOUCHER_CONFLICT');
    expect((await registered(phone.terminal)).version).toBe(2);
  });

  it('Synced, it ends its terminals on arrival, and its codes last one day from then.', async () => {
    const handing = phone.write(handedOver([sheet], { [phone.terminal]: [] }), at(-40 * 3_600));
    const counts = other.write(counted({ item, quantity: 9 }), at(-41 * 3_600));
    const signed = { ...handing, claim: { ...handing.claim, sheets: [sheet, counts.number] } };
    // In one batch, the sheet that it signs goes first, being of before.
    const outcomes = expectOk(await phone.sync([signed, counts])).outcomes;
    expect(outcomes.map(outcomeText)).toEqual(['recorded', 'recorded']);
    const [outcome] = outcomes;
    if (!outcome || !('voucher' in outcome)) throw new Error('was recorded');
    expect(outcome.voucher.outcome).toMatchObject({ expiresAt: '2026-11-23T05:00:00.000Z' });
    expect(outcomeOf(await enrol(codesOf(outcome.voucher)[0]?.code ?? ''))).toBe(201);
    expect((await registered(phone.terminal)).entry).toMatchObject({ handedOver: { at: '2026-11-20T13:00:00.000Z' } });
  });

  it('A cancelled hand-over hands nothing over.', async () => {
    await say({ kind: 'H', cancelled: 'spoiled' }, -50);
    expect((await registered(phone.terminal)).version).toBe(1);
    expect((await say(one, -40)).number).toBeTruthy();
  });

  it('A hand-over cannot be reversed.', async () => {
    const { number } = await say(handedOver([], { [other.terminal]: [] }), -50);
    const back = {
      kind: 'V',
      of: number,
      reason: 'mistake',
      goods: 'to shelf',
      lines: [{ line: 1, item, quantity: 1 }],
    };
    expect(outcomeOf(await phone.live(phone.write(back, at(-10))))).toBe('400 INVALID_REQUEST');
  });
});

describe('Terminal that was handed over', () => {
  it('It records nothing live, and its last numbers tell which vouchers may still come.', async () => {
    const before = [one, one, received({ item, quantity: 1 })].map((says, n) => phone.write(says, at(-200 + n)));
    const beyond = phone.write(one, at(-190));
    const [, second] = before;
    const ours = { [phone.terminal]: [second?.number ?? '', before[2]?.number ?? ''] };
    const { number } = await say(handedOver([sheet], ours), -50, other);
    const after = [phone.write(one, at(-20)), phone.write(counted({ item, quantity: 8 }), at(-10))];

    for (const late of [...before, ...after])
      expect(outcomeOf(await phone.live(late, { goodsInHand: undefined }))).toBe(`422 ${ENDED}`);
    expect(await bring(...before, beyond, ...after)).toEqual([
      ...Array(3).fill('recorded'),
      ...Array(3).fill(`held ${ENDED}`),
    ]);
    expect(await bring(...before, ...after)).toEqual([...Array(3).fill('repeated'), ...Array(2).fill(`held ${ENDED}`)]);
    const { held } = expectOk(await officer.listHeld({ path: { location: shop.location } }));
    expect(held.map(({ problem }) => problem.detail)).toEqual(Array(3).fill(expect.stringContaining(number)));
    expect(await expectBookMatchesStock(shop.client, shop.location)).toHaveLength(6);
    expect(await say(one, -5, other)).toMatchObject({ claim: { kind: 'S' } });
  });

  it('A voucher beyond its last numbers is held, and an officer may admit it.', async () => {
    await say(handedOver([], { [phone.terminal]: [] }), -50, other);
    expect(await bring(phone.write(one, at(-100)))).toEqual([`held ${ENDED}`]);
    const [held] = expectOk(await officer.listHeld({ path: { location: shop.location } })).held;
    const path = { location: shop.location, held: held?.held ?? '' };
    const settled = await officer.settleHeld({ path, ifMatch: 1, body: { do: 'admit', why: 'sold as they counted' } });
    expect(expectOk(settled).state).toBe('admitted');
    expect(await expectBookMatchesStock(shop.client, shop.location)).toHaveLength(4);
  });

  it('It may be revoked before or after, and its earlier vouchers are then held.', async () => {
    const [early, late] = [phone.write(one, at(-200)), other.write(one, at(-200))];
    const revoke = (terminal: string) =>
      officer.revokeTerminal({ path: { location: shop.location, terminal }, body: { reason: 'lost' } });
    expectOk(await revoke(phone.terminal));
    const ours = { [phone.terminal]: [early.number], [other.terminal]: [late.number] };
    await say(handedOver([], ours), -50, other);
    expectOk(await revoke(other.terminal));
    book.bahi.startFunctions();
    for (const { terminal } of [phone, other]) {
      const { version, entry } = await registered(terminal);
      expect([version, Object.keys(entry)]).toEqual([3, expect.arrayContaining(['revoked', 'handedOver'])]);
    }
    const both = [expectOk(await phone.sync([early])), expectOk(await other.sync([late]))].flatMap(
      ({ outcomes }) => outcomes,
    );
    expect(both.map(outcomeText)).toEqual(Array(2).fill('held TERMINAL_REVOKED'));
  });

  it('Revoked during the hand-over, it is both revoked and handed over.', async () => {
    const path = { location: shop.location, terminal: phone.terminal };
    const revoke = () => officer.revokeTerminal({ path, body: { reason: 'lost' } });
    stepped.beforeNext('TransactWriteItems', async () => expectOk(await revoke()));
    await say(handedOver([], { [phone.terminal]: [] }), -50, other);
    expect(await registered(phone.terminal)).toMatchObject({
      version: 3,
      entry: { revoked: { reason: 'lost' }, handedOver: { last: [] } },
    });
  });

  it('Handed over during the revocation, it is both handed over and revoked.', async () => {
    const handing = other.write(handedOver([], { [phone.terminal]: [] }), at(-50));
    stepped.beforeNext('PutItem', async () => expectOk(await other.live(handing)));
    const path = { location: shop.location, terminal: phone.terminal };
    const revoked = expectOk(await officer.revokeTerminal({ path, body: { reason: 'lost' } }));
    expect(revoked).toMatchObject({ revoked: { reason: 'lost' }, handedOver: { by: handing.number } });
    expect((await registered(phone.terminal)).version).toBe(3);
  });

  it('It is handed over once; naming it again is refused live and held when synced.', async () => {
    await say(handedOver([], { [phone.terminal]: [] }), -50, other);
    const again = handedOver([], { [phone.terminal]: [], [other.terminal]: [] });
    expect(outcomeOf(await other.live(other.write(again, at(-40))))).toBe(`422 ${ENDED}`);
    expect(expectOk(await other.sync([other.write(again, at(-30))])).outcomes.map(outcomeText)).toEqual([
      `held ${ENDED}`,
    ]);
    expect((await registered(other.terminal)).version).toBe(1);
  });
});

describe('Concurrent hand-overs and sales', () => {
  it('Of two concurrent hand-overs of a terminal, one ends all its terminals and one none.', async () => {
    const handings = [phone, other].map((by) =>
      by.write(handedOver([], { [phone.terminal]: [], [other.terminal]: [] }), at(-50)),
    );
    const [first, second] = handings as [Written, Written];
    stepped.beforeNext('TransactWriteItems', async () => expectOk(await other.live(second)));
    expect(outcomeOf(await phone.live(first))).toBe(`422 ${ENDED}`);
    expect(await bring(second)).toEqual(['repeated']);
    const by = [phone, other].map(async ({ terminal }) => (await registered(terminal)).entry);
    for (const { handedOver: ended } of await Promise.all(by)) expect(ended).toMatchObject({ by: second.number });
    expect(await expectBookMatchesStock(shop.client, shop.location)).toHaveLength(3);
  });

  it('A sale recorded during the hand-over stays in the ledger, above the last numbers.', async () => {
    const late = phone.write(one, at(-20));
    const handing = other.write(handedOver([sheet], { [phone.terminal]: [] }), at(-50));
    stepped.beforeNext('TransactWriteItems', async () => expectOk(await other.live(handing)));
    expect(outcomeOf(await phone.live(late))).toBe(201);
    expect(await bring(late)).toEqual(['repeated']);
    const numbers = (await expectBookMatchesStock(shop.client, shop.location)).map(({ number }) => number);
    expect(numbers).toEqual(expect.arrayContaining([late.number, handing.number]));
  });
});

const ENDED = 'TERMINAL_HANDED_OVER';

const [item = ''] = kurtas(1);

type Says = Parameters<Phone['write']>[0];

const at = (seconds: number) => Date.parse(book.clock.now()) + seconds * 1_000;

const say = async (says: Says, seconds: number, by = phone) => expectOk(await by.live(by.write(says, at(seconds))));

const bring = async (...vouchers: readonly Written[]) => expectOk(await phone.sync(vouchers)).outcomes.map(outcomeText);

const one = sold({ item, quantity: 1 });

const codesOf = ({ outcome }: Voucher) => (outcome as HandOverOutcome).codes;

const enrol = (code: string, installation: string = randomUUID()) =>
  shop.client.enrolTerminal({ path: { location: shop.location }, body: { code, installation } });

const registered = async (terminal: string) =>
  expectOk(await book.admin.getEntry({ path: { kind: 'terminals', id: terminal } }));
