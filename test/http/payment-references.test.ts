import { beforeAll, describe, expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import type { Phone } from '../kit/phone.ts';
import { openShop, PRICE, type Shop, sold } from '../kit/shop.ts';

checkAnswersAgainstContract();

const [item = ''] = kurtas(1);
const inHand = { goodsInHand: true };
const book = useBook();
let shops: readonly [Shop, Shop];
let phones: readonly [Phone, Phone];

beforeAll(async () => {
  shops = [await openShop(book), await openShop(book)];
  phones = [shops[0].phones[0], shops[1].phones[0]] as [Phone, Phone];
});

const sale = (phone: Phone, ...references: readonly string[]) =>
  phone.write({
    ...sold({ item, quantity: references.length }),
    payments: references.map((reference) => ({ tender: 'upi', amount: PRICE, reference })),
  });

describe('The reference of a bank', () => {
  it('on a second sale is told, also to another stall, and no sale is refused.', async () => {
    const first = sale(phones[0], '432198765001');
    expect(expectOk(await phones[0].live(first, inHand))).not.toHaveProperty('sameReference');
    const second = sale(phones[1], '432198765001', '432198765002');
    const uses = [{ reference: '432198765001', number: first.number, location: shops[0].location }];
    const answer = await phones[1].live(second, inHand);
    expect(answer).toMatchObject({ status: 201, body: { number: second.number, sameReference: uses } });
    expect(await phones[1].live(second, inHand)).toMatchObject({ status: 200, body: { sameReference: uses } });
    expect(expectOk(await phones[0].live(first, inHand))).not.toHaveProperty('sameReference');
    const stored = await shops[1].client.getVoucher({ path: { location: shops[1].location, number: second.number } });
    expect(expectOk(stored)).not.toHaveProperty('sameReference');
  });

  it('on sales that come in later is told there.', async () => {
    const [one, other] = [sale(phones[0], '432198765003'), sale(phones[0], '432198765003')];
    const { outcomes } = expectOk(await phones[0].sync([one, other]));
    expect(outcomes.map((outcome) => 'sameReference' in outcome && outcome.sameReference)).toEqual(
      [undefined, [{ reference: '432198765003', number: one.number, location: shops[0].location }]].map(
        (uses) => uses ?? false,
      ),
    );
  });

  it('Of two sales at once, one is told.', async () => {
    const both = phones.map((phone) => ({ phone, written: sale(phone, '432198765004') }));
    const answers = await Promise.all(both.map(({ phone, written }) => phone.live(written, inHand)));
    expect(answers.filter((answer) => 'sameReference' in expectOk(answer))).toHaveLength(1);
  });

  it('A note that is no RRN may repeat.', async () => {
    for (const phone of phones)
      expect(expectOk(await phone.live(sale(phone, 'counter 1'), inHand))).not.toHaveProperty('sameReference');
  });
});
