import { randomUUID } from 'node:crypto';
import { createClient } from '../../../shared/api/client.ts';
import { generatePhoneKey, type PhoneKey } from '../../../shared/api/phone-key.ts';
import { type Book, enrol, expectOk, numberAt } from '../book.ts';
import { kurtas, sale } from '../claims.ts';
import { fastFetch } from '../fast-clients.ts';
import type { Situation } from './situation.ts';

const location = 'LKO-01';
const [item = ''] = kurtas(1);

/** A stall's account on a phone with this key; without one, the phone cannot prove anything. */
const outletOn = async ({ bahi }: Book, key?: PhoneKey) =>
  createClient(bahi.url, await bahi.issuer.token({ role: 'outlet', scope: [`location:${location}`] }), fastFetch, key);

/** A piece that the seller holds in hand. */
const sell = async (book: Book, terminal: string, by: Awaited<ReturnType<typeof outletOn>>) =>
  by.recordVoucher({
    path: { location, number: numberAt(book.clock, terminal, 'S', 1) },
    body: sale(book.clock, [{ item, quantity: 1 }], { goodsInHand: true }),
  });

/** A phone that enrols with a code of its officer, and sells. */
const enrolAnew = async (book: Book) => {
  const phone = await outletOn(book, await generatePhoneKey());
  const officer = await book.as('officer', 'district:LKO');
  const { code } = expectOk(await officer.issueEnrolmentCode({ path: { location }, body: { seller: 'LKO1' } }));
  const enrolled = await phone.enrolTerminal({ path: { location }, body: { code, installation: randomUUID() } });
  return [enrolled, await sell(book, expectOk(enrolled).terminal, phone)] as const;
};

const revoke = async (book: Book, terminal: string) =>
  expectOk(await book.admin.revokeTerminal({ path: { location, terminal }, body: { reason: 'the phone was lost' } }));

export const TERMINALS: readonly Situation[] = [
  {
    at: 'S',
    code: 'TERMINAL_UNPROVEN',
    advice: 'Sign it with the key of the phone that enrolled the terminal.',
    play: async (book) => {
      const terminal = await enrol(book, location, 'LKO1');
      const unsigned = await sell(book, terminal, await outletOn(book));
      return [unsigned, await sell(book, terminal, await outletOn(book, book.phone))];
    },
  },
  {
    at: 'S',
    code: 'TERMINAL_UNPROVEN',
    advice: 'enrol anew with a code from your officer',
    play: async (book) => {
      const terminal = await enrol(book, location, 'LKO1');
      const wrong = await sell(book, terminal, await outletOn(book, await generatePhoneKey()));
      return [wrong, ...(await enrolAnew(book))];
    },
  },
  {
    at: 'S',
    code: 'TERMINAL_UNPROVEN',
    advice: 'what the old terminal numbered is sent as captured, and an officer settles it',
    play: async (book) => {
      const terminal = await enrol(book, location, 'LKO1');
      const installedAnew = await outletOn(book, await generatePhoneKey());
      const refused = await sell(book, terminal, installedAnew);
      const number = numberAt(book.clock, terminal, 'S', 1);
      const claim = sale(book.clock, [{ item, quantity: 1 }]);
      const sent = await installedAnew.syncVouchers({ path: { location }, body: { vouchers: [{ number, claim }] } });
      const [outcome] = expectOk(sent).outcomes;
      if (outcome?.outcome !== 'held') throw new Error('it is held');
      const officer = await book.as('officer', 'district:LKO');
      const path = { location, held: outcome.held };
      return [refused, sent, await officer.settleHeld({ path, body: { do: 'admit', why: 'so it was' }, ifMatch: 1 })];
    },
  },
  {
    at: 'S',
    code: 'TERMINAL_REVOKED',
    advice: 'enrol anew',
    play: async (book) => {
      const terminal = await enrol(book, location, 'LKO1');
      await revoke(book, terminal);
      return [await sell(book, terminal, await outletOn(book, book.phone)), ...(await enrolAnew(book))];
    },
  },
  {
    at: 'S',
    code: 'TERMINAL_UNKNOWN',
    advice: 'Enrol this phone with a one-time code.',
    play: async (book) => [await sell(book, '00000', await outletOn(book, book.phone)), ...(await enrolAnew(book))],
  },
  {
    at: 'enrolTerminal',
    code: 'ENROLMENT_CODE_USED',
    advice: 'Ask your officer for a new code.',
    play: async (book) => {
      const officer = await book.as('officer', 'district:LKO');
      const { code } = expectOk(await officer.issueEnrolmentCode({ path: { location }, body: { seller: 'LKO1' } }));
      const body = { code, installation: randomUUID() };
      expectOk(await (await outletOn(book, book.phone)).enrolTerminal({ path: { location }, body }));
      const lostKey = await (await outletOn(book, await generatePhoneKey())).enrolTerminal({
        path: { location },
        body,
      });
      return [lostKey, ...(await enrolAnew(book))];
    },
  },
];
