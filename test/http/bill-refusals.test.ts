import { beforeAll, describe, expect, it } from 'vitest';
import { PROBLEMS } from '../../shared/kernel/problems.ts';
import type { Problem } from '../../shared/kernel/refusal.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import type { Phone } from '../kit/phone.ts';
import { openShop, received, type Shop, sold, tookBack } from '../kit/shop.ts';
import { ask } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();

it('A seller without the data a bill needs sells, and the bill lists all that is missing.', async () => {
  await change('sellers', 'LKO1', { address: undefined, pinCode: undefined });
  const number = await record(sold({ item: rice, quantity: 1 }));
  expect(await billRefusal(number)).toMatchObject({
    status: 409,
    problem: {
      code: 'BILL_INCOMPLETE',
      whatToDo: expect.stringContaining('Let an officer enter the fields named in the registry'),
      fields: [
        { path: 'seller.address', problem: 'the registry has no address of LKO1' },
        { path: 'seller.fssai', problem: 'the registry has no FSSAI number of LKO1, who sells food' },
      ],
    },
  });
  await change('sellers', 'LKO1', { address: '12 Chowk, Lucknow', pinCode: '226003', fssai: '10000000000001' });
  expect(await billRefusal(number)).toMatchObject({ status: 200 });
});

const [item = '', rice = ''] = kurtas(2);
const [WRONG_DIGIT, RIGHT] = ['07AAACG2115R1ZZ', '07AAACG2115R1ZN'];
let shop: Shop;
let phone: Phone;

const change = async (kind: 'sellers' | 'items', id: string, fields: object) => {
  const path = { kind, id };
  const { entry, version } = expectOk(await book.admin.getEntry({ path }));
  expectOk(await book.admin.putEntry({ path, body: { ...entry, ...fields }, ifMatch: version }));
};

beforeAll(async () => {
  await change('sellers', 'LKO1', { address: '12 Chowk, Lucknow', pinCode: '226003' });
  await change('items', rice, { hsn: '1006' });
  shop = await openShop(book);
  [phone] = shop.phones as [Phone];
  expectOk(await phone.live(phone.write(received({ item, quantity: 50 }, { item: rice, quantity: 50 }))));
});

type Claim = Parameters<Phone['write']>[0];
const sale = (more: object = {}): Claim => ({ ...sold({ item, quantity: 1 }), ...more });
const record = async (claim: Claim) => {
  const written = phone.write(claim);
  expectOk(await phone.live(written));
  return written.number;
};
const synced = async (claim: Claim) => {
  const written = phone.write(claim);
  expectOk(await phone.sync([written]));
  return written.number;
};
const unused = () => phone.write(sale()).number;

type Refused = { readonly status: number; readonly problem: Problem };
const refusalOf = async (role: 'outlet' | 'officer', path: string, scope?: string): Promise<Refused> => {
  const token = await book.bahi.issuer.token({
    role,
    scope: [scope ?? (role === 'outlet' ? `location:${shop.location}` : 'district:LKO')],
  });
  const answer = await ask(book, path, { token, headers: { accept: 'application/json' } });
  return { status: answer.status, problem: (await answer.json()) as Problem };
};
const billRefusal = async (number: string, scope?: string) =>
  refusalOf('outlet', `/locations/${shop.location}/vouchers/${number}/bill`, scope);
const saleRefusal = async (buyer: object): Promise<Refused> => {
  const { claim } = phone.write(sale({ buyer }));
  const answer = await phone.live({ number: unused(), claim });
  if (answer.ok) throw new Error('it is refused');
  return answer;
};
const sellerRefusal = async (gstin: string): Promise<Refused> => {
  const body = { name: 'Crafts', registration: 'regular' as const, gstin, district: 'LKO' };
  const answer = await book.admin.putEntry({ path: { kind: 'sellers', id: 'LKO7' }, body });
  if (answer.ok) throw new Error('it is refused');
  return answer;
};
const report = (query: string) => refusalOf('officer', `/reports/${query}`);
const named = { name: 'Crafts of India', address: 'Janpath, New Delhi' };

/** Each line of what may be asked amiss: how it is refused, and what to do instead. */
const SITUATIONS: readonly [
  string,
  () => Promise<Refused>,
  number,
  string,
  detail: RegExp,
  fields?: readonly string[],
][] = [
  [
    'the bill of a receipt',
    async () => billRefusal(await record(received({ item, quantity: 1 }))),
    422,
    'NO_BILL',
    /is not a sale or the return of one/,
  ],
  [
    'the bill of a cancelled number',
    async () => billRefusal(await record({ kind: 'S', cancelled: 'tapped twice' })),
    422,
    'NO_BILL',
    /was cancelled: tapped twice/,
  ],
  [
    'the bill of a held sale',
    async () => billRefusal(await synced(sold({ item: 'LKO-NO-SUCH', quantity: 1 }))),
    422,
    'NO_BILL',
    /is held: .*officer has admitted it/,
  ],
  [
    'the credit note of a return whose sale has not come',
    async () => billRefusal(await synced(tookBack(unused(), { line: 1, item, quantity: 1 }))),
    422,
    'NO_BILL',
    /returns a sale that has not come in/,
  ],
  [
    'the bill of a stall of others',
    async () => billRefusal(await record(sale()), 'location:PBE-01'),
    403,
    'FORBIDDEN',
    /scope/,
  ],
  ['the bill of a number that nobody used', async () => billRefusal(unused()), 404, 'NOT_FOUND', /has no voucher/],
  ['the bill of what is no number', async () => billRefusal('BILL-7'), 400, 'INVALID_REQUEST', /number/, ['number']],
  [
    'the challan of a sale',
    async () => refusalOf('outlet', `/locations/${shop.location}/vouchers/${await record(sale())}/challan`),
    422,
    'NO_CHALLAN',
    /is not a dispatch/,
  ],
  ['GSTR-1 of this month', () => report('gstr1?seller=LKO1&period=2026-11'), 409, 'PERIOD_OPEN', /ends on 2026-11-30/],
  [
    'a statement of this month',
    () => report('statement?seller=LKO1&period=2026-11'),
    409,
    'PERIOD_OPEN',
    /ends on 2026-11-30/,
  ],
  [
    'GSTR-1 of a quarter',
    () => report('gstr1?seller=LKO1&period=2026-Q3'),
    400,
    'INVALID_REQUEST',
    /period/,
    ['period'],
  ],
  [
    'GSTR-1 of an unregistered seller',
    () => report('gstr1?seller=LKO2&period=2026-10'),
    422,
    'SELLER_NOT_REGULAR',
    /only a regular seller files GSTR-1/,
  ],
  [
    'GSTR-1 of a GSTIN with a wrong check digit',
    () => report(`gstr1?seller=LKO1&period=2026-10&gstin=${WRONG_DIGIT}`),
    400,
    'INVALID_REQUEST',
    /gstin/,
    ['gstin'],
  ],
  [
    'a sale to a GSTIN with a wrong check digit',
    () => saleRefusal({ ...named, gstin: WRONG_DIGIT }),
    400,
    'INVALID_REQUEST',
    /gstin/,
    ['buyer.gstin'],
  ],
  [
    'a seller with a wrong check digit',
    () => sellerRefusal('09XXXZB0001X1ZA'),
    400,
    'INVALID_REQUEST',
    /gstin/,
    ['gstin'],
  ],
  [
    "a buyer's State that GST does not have",
    () => saleRefusal({ state: '39' }),
    400,
    'INVALID_REQUEST',
    /state/,
    ['buyer.state'],
  ],
  [
    "a buyer's State by its letters",
    () => saleRefusal({ state: 'DL' }),
    400,
    'INVALID_REQUEST',
    /state/,
    ['buyer.state'],
  ],
  [
    "a buyer's GSTIN of a State that GST does not have",
    () => saleRefusal({ ...named, gstin: `39${RIGHT.slice(2)}` }),
    400,
    'INVALID_REQUEST',
    /gstin/,
    ['buyer.gstin'],
  ],
];

describe('Bad input around bills has a clear answer', () => {
  it.each(SITUATIONS)('%s', async (_what, play, status, code, detail, fields) => {
    const { status: met, problem } = await play();
    expect([met, problem.code]).toEqual([status, code]);
    expect(problem.detail).toMatch(detail);
    expect(problem.whatToDo).toBe(PROBLEMS[code as keyof typeof PROBLEMS].en.whatToDo);
    if (fields) expect(problem).toMatchObject({ fields: fields.map((path) => ({ path })) });
  });

  it('Offline, a sale to a buyer that cannot be is refused with the field, and recorded under its number once corrected.', async () => {
    const buyers = [{ ...named, gstin: WRONG_DIGIT }, { state: '39' }];
    const written = buyers.map((buyer) => phone.write(sale({ buyer })));
    const { outcomes } = expectOk(await phone.sync(written));
    expect(outcomes).toMatchObject(
      ['claim.buyer.gstin', 'claim.buyer.state'].map((path) => ({
        outcome: 'refused',
        problem: { code: 'INVALID_REQUEST', fields: [{ path }] },
      })),
    );
    const corrected = written.map(({ number, claim }) => ({ number, claim: { ...claim, buyer: { state: '07' } } }));
    expect(expectOk(await phone.sync(corrected)).outcomes).toMatchObject(
      corrected.map(() => ({ outcome: 'recorded' })),
    );
  });
});
