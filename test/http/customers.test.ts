import { beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../shared/api/client.ts';
import { claimHashOf } from '../../shared/ledger/voucher-item.ts';
import { ScanCommand } from '../../shared/platform/dynamodb-commands.ts';
import { enrol, expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { engineClient } from '../kit/fast-clients.ts';
import type { Phone } from '../kit/phone.ts';
import { counted, handedOver, openShop, received, type Shop, sold } from '../kit/shop.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
let officer: Client;
let shop: Shop;
let phone: Phone;
let second: Phone;

beforeEach(async () => {
  officer = await book.as('officer', 'district:LKO');
  const admin = await book.as('admin', 'state');
  shop = await openShop({ ...book, admin }, [0, 0], 40);
  [phone, second] = shop.phones as [Phone, Phone];
  expectOk(await phone.live(phone.write(received({ item, quantity: 20 }))));
  book.clock.forward(1);
});

describe("Customer's phone number", () => {
  it('The phone number is in its own table only; claim and hash are as without it.', async () => {
    const { number, claim, answer } = await sell();
    const voucher = expectOk(answer);
    expect(voucher.claim).toEqual(claim);
    expect(claimHashOf(voucher.claim)).toEqual(claimHashOf(claim as never));
    expect(await holding(PHONE)).toEqual(['Customers']);
    const answers = [
      voucher,
      expectOk(await shop.client.getVoucher({ path: pathOf(number) })),
      expectOk(await officer.getVoucher({ path: pathOf(number) })),
      expectOk(await officer.getDay({ path: { location: shop.location, day: claim.occurredAt.slice(0, 10) } })),
    ];
    expect(JSON.stringify(answers)).not.toContain(PHONE);
    expect(expectOk(await shop.client.getCustomer({ path: pathOf(number) }))).toEqual({
      ...pathOf(number),
      phone: PHONE,
      purpose: 'bill and returns',
      soldAt: claim.occurredAt,
      until: new Date(Date.parse(claim.occurredAt) + 30 * DAY * 1_000).toISOString(),
    });
  });

  it('A repeat with, without or with another phone number keeps the first voucher.', async () => {
    const { answer, ...written } = await sell();
    expect(outcomeOf(answer)).toBe(201);
    for (const how of [{ customer: PHONE }, {}, { customer: '+919800000000' }])
      expect(outcomeOf(await phone.live(written, how))).toBe(200);
    expect(await read(written.number)).toBe(PHONE);
    const { answer: _answer, ...without } = await sell({});
    expect(outcomeOf(await phone.live(without, { customer: PHONE }))).toBe(200);
    expect(await read(without.number)).toBe('404 NOT_FOUND');
  });

  it('The number of a synced sale is kept until 30 days after the sale, or not at all.', async () => {
    const [late, old] = [3, 31].map((days) =>
      phone.write(sold({ item, quantity: 1 }), Date.parse(book.clock.now()) - days * DAY * 1_000),
    );
    if (!late || !old) throw new Error('two sales');
    const withPhone = [late, old].map((one) => ({ ...one, claim: { ...one.claim, customer: '+919877777777' } }));
    const { outcomes } = expectOk(await phone.sync(withPhone));
    expect(outcomes).toMatchObject([{ outcome: 'recorded' }, { outcome: 'recorded' }]);
    expect(JSON.stringify(outcomes)).not.toContain('+919877777777');
    const readPhone = async () => read(late.number, await book.as('outlet', `location:${shop.location}`));
    expect([await readPhone(), await read(old.number)]).toEqual(['+919877777777', '404 NOT_FOUND']);
    book.clock.forward(27 * DAY - 1);
    expect(await readPhone()).toBe('+919877777777');
    book.clock.forward(1);
    expect(await readPhone()).toBe('404 NOT_FOUND');
  });

  it('The number disappears after its time, and nothing else of the sale.', async () => {
    const { number } = await sell({ customer: '+919811111111' });
    await book.bahi.expireItems();
    expect(await holding('+919811111111')).toEqual(['Customers']);
    book.clock.forward(31 * DAY);
    expect(await book.bahi.expireItems()).toBeGreaterThan(0);
    expect(await holding('+919811111111')).toEqual([]);
    const admin = await book.as('admin', 'state');
    expect(outcomeOf(await admin.getVoucher({ path: pathOf(number) }))).toBe(200);
  });

  it('Only the stall that recorded the sale sees the number.', async () => {
    const { number } = await sell();
    const who = {
      stall: shop.client,
      'another stall': await book.as('outlet', 'location:LKO-02'),
      officer,
      state: await book.as('officer', 'state'),
      admin: await book.as('admin', 'state'),
      depot: await book.as('depot', `location:${shop.location}`),
      producer: await book.as('producer', 'producer:P0042'),
    };
    const answers = Object.entries(who).map(async ([says, by]) => [says, await read(number, by)] as const);
    const no = '403 FORBIDDEN';
    expect(Object.fromEntries(await Promise.all(answers))).toEqual({
      stall: PHONE,
      'another stall': no,
      officer: no,
      state: no,
      admin: no,
      depot: no,
      producer: no,
    });
  });

  it('The next holder, and a revoked terminal, do not see the number.', async () => {
    const [mine, theirs] = [await sell(), await sell(undefined, second)];
    const revoking = { path: { location: shop.location, terminal: second.terminal }, body: { reason: 'lost' } };
    expectOk(await officer.revokeTerminal(revoking));
    expect([await read(mine.number), await read(theirs.number)]).toEqual([PHONE, '403 FORBIDDEN']);
    const sheet = phone.write(counted({ item, quantity: 18 }));
    expectOk(await phone.live(sheet));
    expectOk(await phone.live(phone.write(handedOver([sheet.number], { [phone.terminal]: [mine.number] }))));
    await enrol({ admin: await book.as('admin', 'state') }, shop.location, 'LKO1');
    expect([await read(mine.number), await read(theirs.number)]).toEqual(['403 FORBIDDEN', '403 FORBIDDEN']);
  });

  it('The next holder does not see the numbers of a terminal that the hand-over left out.', async () => {
    const forgotten = await sell(undefined, second);
    expect(await read(forgotten.number)).toBe(PHONE);
    const sheet = phone.write(counted({ item, quantity: 19 }));
    expectOk(await phone.live(sheet));
    expectOk(await phone.live(phone.write(handedOver([sheet.number], { [phone.terminal]: [] }))));
    expect(await read(forgotten.number)).toBe('403 FORBIDDEN');
  });
});

describe("Erasing a customer's phone number", () => {
  it.each<[string, () => Promise<Client>]>([
    ['the stall', async () => shop.client],
    ['an officer of the district', async () => officer],
    ['an admin', async () => book.as('admin', 'state')],
  ])('Erased by %s, the number is gone; voucher, hash and repeat stay.', async (_who, by) => {
    const customer = '+919822222222';
    const { answer, ...written } = await sell({ customer });
    const erasing = async () => outcomeOf(await (await by()).eraseCustomer({ path: pathOf(written.number), body: {} }));
    expect([await erasing(), await erasing()]).toEqual([200, 200]);
    expect(await holding(customer)).toEqual([]);
    expect(await read(written.number)).toBe('404 NOT_FOUND');
    expect(expectOk(await shop.client.getVoucher({ path: pathOf(written.number) }))).toEqual(expectOk(answer));
    expect(outcomeOf(await phone.live(written, { customer }))).toBe(200);
    const again = { ...written, claim: { ...written.claim, customer } };
    expect(expectOk(await phone.sync([again])).outcomes).toMatchObject([{ outcome: 'repeated' }]);
    expect(await holding(customer)).toEqual([]);
  });

  it('Another stall or an officer of another district cannot erase it.', async () => {
    const { number } = await sell();
    for (const by of [await book.as('outlet', 'location:LKO-02'), await book.as('officer', 'district:PBT')])
      expect(outcomeOf(await by.eraseCustomer({ path: pathOf(number), body: {} }))).toBe('403 FORBIDDEN');
    expect(await read(number)).toBe(PHONE);
  });

  it('Erasing an absent number succeeds.', async () => {
    const { number } = await sell({});
    expect(outcomeOf(await shop.client.eraseCustomer({ path: pathOf(number), body: {} }))).toBe(200);
    expect(await read(number)).toBe('404 NOT_FOUND');
  });
});

describe('Erasing by phone number', () => {
  const erase = async (by: Client, area: string, customer: string) => {
    const answer = await by.eraseCustomerPhone({ path: {}, query: { area }, body: { phone: customer } });
    return answer.ok ? answer.body.erased : outcomeOf(answer);
  };

  it('The number goes from all sales of the district, held ones too, in any spelling.', async () => {
    const [customer, other] = ['+919811111111', '+919811111112'];
    const kept = [await sell({ customer }), await sell({ customer: '09811111111' }), await sell({ customer }, second)];
    const stays = await sell({ customer: other });
    const held = phone.write(sold({ item: 'LKO-NOBODY', quantity: 1 }));
    expectOk(await phone.sync([{ ...held, claim: { ...held.claim, customer: '9811111111' } }]));
    expect(await erase(officer, 'LKO', '9811111111')).toBe(4);
    expect(await erase(officer, 'LKO', customer)).toBe(0);
    expect(await holding('9811111111')).toEqual([]);
    for (const { number } of kept) expect(await read(number)).toBe('404 NOT_FOUND');
    expect(await read(stays.number)).toBe(other);
    // A repeat does not bring erased data back.
    for (const { answer: _answer, ...written } of kept)
      expect(outcomeOf(await phone.live(written, { customer }))).not.toBe(201);
    expect(await holding('9811111111')).toEqual([]);
  });

  it('A state officer or admin erases in the whole state, others in their own district.', async () => {
    const customer = '+919811111113';
    await sell({ customer });
    for (const [by, area] of [
      [await book.as('officer', 'district:PBT'), 'LKO'],
      [officer, 'state'],
      [shop.client, 'LKO'],
    ] as const)
      expect(await erase(by, area, customer)).toBe('403 FORBIDDEN');
    expect(await erase(await book.as('officer', 'district:PBT'), 'PBT', customer)).toBe(0);
    expect(await holding(customer)).toEqual(['Customers']);
    expect(await erase(await book.as('officer', 'state'), 'state', customer)).toBe(1);
    expect(await holding(customer)).toEqual([]);
  });
});

describe('Phone number of a held sale', () => {
  const holds = async (of: string, customer: string) => {
    const written = phone.write(sold({ item: of, quantity: 1 }));
    const sync = async () => {
      const claim = { ...written.claim, customer };
      const [outcome] = expectOk(await phone.sync([{ ...written, claim }])).outcomes;
      return outcome;
    };
    const outcome = await sync();
    if (outcome?.outcome !== 'held') throw new Error('it is held');
    return { ...written, sync, held: outcome.held };
  };
  const settle = (held: string, body: object) =>
    officer.settleHeld({ path: { location: shop.location, held }, body: body as never, ifMatch: 1 });

  it('It is kept beside the held sale, hidden in lists, and present once admitted.', async () => {
    const customer = '+919833333333';
    const { number, held } = await holds('LKO-NOBODY', customer);
    expect(await holding(customer)).toEqual(['Customers']);
    const listed = expectOk(await officer.listHeld({ path: { location: shop.location } })).held;
    expect(listed).toHaveLength(1);
    expect(JSON.stringify(listed)).not.toContain(customer);
    const admin = await book.as('admin', 'state');
    const { entry } = expectOk(await admin.getEntry({ path: { kind: 'items', id: item } }));
    expectOk(await admin.putEntry({ path: { kind: 'items', id: 'LKO-NOBODY' }, body: entry }));
    expect(outcomeOf(await settle(held, { do: 'admit', why: 'entered' }))).toBe(200);
    expect(await read(number)).toBe(customer);
  });

  it('It goes at rejection or on request, and a repeat does not bring it back.', async () => {
    const [rejected, erasable] = ['+919844444444', '+919844444445'];
    const [first, other] = [await holds('LKO-NONE', rejected), await holds('LKO-NONE', erasable)];
    expect(outcomeOf(await settle(first.held, { do: 'reject', why: 'never happened' }))).toBe(200);
    expect(outcomeOf(await shop.client.eraseCustomer({ path: pathOf(other.number), body: {} }))).toBe(200);
    expect((await first.sync())?.outcome).toBe('held');
    expect((await other.sync())?.outcome).toBe('held');
    expect([await holding(rejected), await holding(erasable)]).toEqual([[], []]);
  });

  it('A second claim under a recorded number changes nothing of the first sale.', async () => {
    const { answer: _answer, ...written } = await sell({ customer: '+919855555555' });
    const other = { ...written, claim: { ...written.claim, basket: 'B-1', customer: '+919866666666' } };
    const [outcome] = expectOk(await phone.sync([other])).outcomes;
    if (outcome?.outcome !== 'held') throw new Error('it is held');
    expect(await read(written.number)).toBe('+919855555555');
    expect(outcomeOf(await settle(outcome.held, { do: 'reject', why: 'a slip' }))).toBe(200);
    expect(await read(written.number)).toBe('+919855555555');
    expect(await holding('+919866666666')).toEqual([]);
  });
});

const PHONE = '+919812345678';

const DAY = 24 * 3_600;

const [item = ''] = kurtas(1);

const tables = engineClient();

const pathOf = (number: string) => ({ location: shop.location, number });

/** A live sale of one, with a customer's phone or without. */
const sell = async (how: object = { customer: PHONE }, by = phone) => {
  const written = by.write(sold({ item, quantity: 1 }));
  return { ...written, answer: await by.live(written, how) };
};

const read = async (number: string, by: Client = shop.client) => {
  const answer = await by.getCustomer({ path: pathOf(number) });
  return answer.ok ? answer.body.phone : outcomeOf(answer);
};

/** The tables of this book that hold a text anywhere. */
const holding = async (text: string): Promise<string[]> => {
  const found: string[] = [];
  for (const [table, TableName] of Object.entries(book.bahi.tables)) {
    const { Items } = await tables.send(new ScanCommand({ TableName, ConsistentRead: true }));
    if (JSON.stringify(Items).includes(text)) found.push(table);
  }
  return found;
};
