import { randomUUID } from 'node:crypto';
import { type Book, enrol, expectOk, numberAt } from '../book.ts';
import { SIGNED } from '../confirmations.ts';
import { BAMBOO, DEPOT } from '../depot.ts';
import { adjusted, openShop, received, sold, tookBack } from '../shop.ts';
import { acceptTransferRequest, stallWithStock, transferRequestsAt, writeAcceptance } from '../transfer-requests.ts';
import { anItem, counter } from './other-operations.ts';
import type { Answer, Situation } from './situation.ts';

const shopOf = async (book: Book) => {
  const shop = await openShop(book);
  const [phone] = shop.phones;
  if (!phone) throw new Error('the stall has a phone');
  const item = anItem();
  expectOk(await phone.live(phone.write(received({ item, quantity: 100 }))));
  return { ...shop, phone, item };
};

const UNIT_NEEDED = { code: 'UNIT_NEEDED', advice: 'Send the quantity with its unit' } as const;
const READ_AGAIN = {
  code: 'REQUEST_STATE',
  advice: 'Read the request again: it says what was done, by whom and when',
} as const;
const PICK_STAFF = {
  code: 'STAFF_UNKNOWN',
  advice: 'Pick who stands there from the staff of this location',
} as const;
const CHECK_ADDRESS = { code: 'NOT_FOUND', advice: 'Check the address and the number' } as const;

/** Claims of a depot, with a bare number or with its unit. */
const atDepot = async (book: Book, kind: 'D' | 'A' | 'I' | 'C') => {
  const { depot, requests, manager } = await counter(book);
  const request = kind === 'I' ? await requests.reach.approved() : undefined;
  // A count leaves the stock as it is for the other situations.
  book.clock.forward(1);
  const grams = kind === 'C' ? ((await depot.row())?.onHand ?? 0) : 1_000;
  return (isRight: boolean) => {
    const lines = [{ item: BAMBOO, quantity: isRight ? `${grams} gram` : grams }];
    const claim = {
      D: { to: 'PBE-01', lines },
      A: { reason: 'damaged', lines },
      I: { request, lines },
      C: { count: `count ${randomUUID()}`, lines },
    }[kind];
    return manager.recordVoucher({
      path: { location: DEPOT, number: depot.number(kind) },
      body: { kind, occurredAt: book.clock.now(), by: 'S001', previous: null, ...claim } as never,
    });
  };
};

type Move = 'cancelRequest' | 'confirmRequest' | 'rejectRequest';

/** A move of a request by its number, as `by`. */
const movesOf = async (book: Book) => {
  const { requests, manager, depot } = await counter(book);
  const move = async (at: Move, number: string, { by = 'S002', of = number } = {}) => {
    const { version } = await requests.read(of);
    const { producer } = requests;
    const path = at === 'rejectRequest' ? { depot: DEPOT, number } : { producer, number };
    const body = at === 'confirmRequest' ? { ...SIGNED, by } : { why: 'bought elsewhere', by };
    // A depot needs the producer's card to cancel.
    const client = at === 'cancelRequest' ? book.admin : manager;
    return client[at]({ path: path as never, body: body as never, ifMatch: version });
  };
  const before = (at: Move) => (at === 'confirmRequest' ? requests.reach.issued() : requests.submitted());
  return { requests, manager, depot, move, before };
};

type Lookup = (book: Book) => Promise<(isRight: boolean) => Promise<Answer>>;

/** A wrong address first, then the right one. */
const LOOKUPS: Partial<Record<Situation['at'], Lookup>> = {
  getCatalogue: async ({ admin }) => {
    return (isRight) => admin.getCatalogue({ path: { location: isRight ? 'LKO-01' : 'LKO-98' } });
  },
  getCountSheet: async ({ admin }) => {
    return (isRight) => admin.getCountSheet({ path: { location: isRight ? 'LKO-01' : 'LKO-98' } });
  },
  readCountSheet: async ({ admin }) => {
    const body = 'item,quantity\nLKO-KURTA-01,1\n';
    return (isRight) =>
      admin.readCountSheet({ path: { location: isRight ? 'LKO-01' : 'LKO-98' }, query: { count: 'evening' }, body });
  },
  getSuggestions: async ({ admin }) => {
    return (isRight) => admin.getSuggestions({ path: { location: isRight ? 'LKO-01' : 'LKO-98' } });
  },
  listTransferRequests: async ({ admin }) => {
    return (isRight) => admin.listTransferRequests({ path: { location: isRight ? 'LKO-01' : 'LKO-98' } });
  },
  getEntry: async ({ admin }) => {
    return (isRight) => admin.getEntry({ path: { kind: 'outlets', id: isRight ? 'LKO-01' : 'LKO-98' } });
  },
  issueEnrolmentCode: async ({ admin }) => {
    return (isRight) =>
      admin.issueEnrolmentCode({ path: { location: isRight ? 'LKO-01' : 'LKO-98' }, body: { seller: 'LKO1' } });
  },
  getNumbers: async (book) => {
    const terminal = await enrol(book, 'LKO-01', 'LKO1');
    return (isRight) => book.admin.getNumbers({ path: { location: 'LKO-01', terminal: isRight ? terminal : '00000' } });
  },
  revokeTerminal: async (book) => {
    const terminal = await enrol(book, 'LKO-01', 'LKO1');
    return (isRight) =>
      book.admin.revokeTerminal({
        path: { location: 'LKO-01', terminal: isRight ? terminal : '00000' },
        body: { reason: 'the phone was lost' },
      });
  },
  getRequest: async (book) => {
    const { requests, manager, depot } = await movesOf(book);
    const number = await requests.submitted();
    return (isRight) => manager.getRequest({ path: requests.pathOf(isRight ? number : depot.number('Q')) });
  },
  ...Object.fromEntries(
    (['cancelRequest', 'confirmRequest', 'rejectRequest'] as const).map((at): [Move, Lookup] => [
      at,
      async (book) => {
        const { before, move, depot } = await movesOf(book);
        const of = await before(at);
        return (isRight) => move(at, isRight ? of : depot.number('Q'), { of });
      },
    ]),
  ),
  ...Object.fromEntries(
    (['getTransfer', 'closeTransfer'] as const).map((at): [typeof at, Lookup] => [
      at,
      async (book) => {
        const { phone, location, item } = await shopOf(book);
        const sent = phone.write({ kind: 'D', to: 'LKO-02', lines: [{ item, quantity: 1 }] });
        const unsent = phone.write({ kind: 'D', to: 'LKO-02', lines: [{ item, quantity: 1 }] });
        expectOk(await phone.live(sent));
        return (isRight) => {
          const path = { location, dispatch: (isRight ? sent : unsent).number };
          return at === 'getTransfer'
            ? book.admin.getTransfer({ path })
            : book.admin.closeTransfer({ path, body: { why: 'lost on the way' } });
        };
      },
    ]),
  ),
};

/** Faulty acceptances; the transfer request is then accepted unchanged. */
const WRONG_ACCEPTANCES = [
  ['ITEM_UNKNOWN', 'pick from it', { lines: [{ item: 'LKO-NOBODYS', quantity: 1 }] }],
  ['REFERENCE_UNKNOWN', 'Enter what the fields name first, or correct them', { to: 'LKO-98' }],
] as const;

/** Codes that several operations answer with, at other operations than elsewhere. */
export const SAME_CODES: readonly Situation[] = [
  {
    at: 'S',
    code: 'QUANTITY_NOT_WHOLE',
    advice: 'Use one of the nearest that come out whole',
    play: async (book) => {
      const { phone, item } = await shopOf(book);
      const sell = (quantity: number | string) => {
        const { lines, ...sale } = sold({ item, quantity: 1 }) as { lines: object[] };
        return phone.live(phone.write({ ...sale, kind: 'S', lines: lines.map((line) => ({ ...line, quantity })) }));
      };
      return [await sell('0.5 piece'), await sell('1 piece')];
    },
  },
  ...(['D', 'A', 'I', 'C'] as const).map(
    (at): Situation => ({
      at,
      ...UNIT_NEEDED,
      play: async (book) => {
        const record = await atDepot(book, at);
        return [await record(false), await record(true)];
      },
    }),
  ),
  {
    at: 'V',
    code: 'APPROVAL_NEEDED',
    advice: 'it is held under the id named, and counts once an officer has admitted it',
    play: async (book) => {
      const { phone, location, item } = await shopOf(book);
      const officer = await book.as('officer', 'district:LKO');
      const admit = (met: Answer) => {
        const held = met.ok ? '' : String(met.problem.held);
        return officer.settleHeld({ path: { location, held }, body: { do: 'admit', why: 'seen' }, ifMatch: 1 });
      };
      const lost = phone.write(adjusted('lost', { item, quantity: 60 }));
      expectOk(await admit(await phone.live(lost)));
      const found = phone.write({
        ...tookBack(lost.number, { line: 1, item, quantity: 60 }),
        reason: 'mistake',
        refund: undefined,
      });
      const met = await phone.live(found);
      return [met, await admit(met), await phone.live(found)];
    },
  },
  ...(['cancelRequest', 'confirmRequest', 'rejectRequest'] as const).flatMap((at): Situation[] => [
    {
      at,
      ...READ_AGAIN,
      play: async (book) => {
        const { requests, manager, move } = await movesOf(book);
        const number = await requests.reach.cancelled();
        return [await move(at, number), await manager.getRequest({ path: requests.pathOf(number) })];
      },
    },
    {
      at,
      ...PICK_STAFF,
      play: async (book) => {
        const { move, before } = await movesOf(book);
        const number = await before(at);
        return [await move(at, number, { by: 'S999' }), await move(at, number)];
      },
    },
  ]),
  {
    at: 'setPin',
    code: 'PRODUCER_UNKNOWN',
    advice: 'Check the number on the card',
    play: async (book) => {
      const { producer } = await counter(book);
      const body = { card: `PBT-0${producer.slice(2)}`, pin: '9163' };
      return [
        await book.admin.setPin({ path: { producer: 'P9999' }, body }),
        await book.admin.setPin({ path: { producer }, body }),
      ];
    },
  },
  {
    at: 'submitRequest',
    code: 'NUMBER_MISMATCH',
    advice: 'Give the voucher a number of its own kind and IST day',
    play: async (book) => {
      const { submit, depot } = await counter(book);
      const number = depot.number('Q');
      const ofAnotherDay = `${number.slice(0, 6)}261120${number.slice(12)}`;
      return [await submit({}, ofAnotherDay), await submit({}, number)];
    },
  },
  {
    at: 'submitRequest',
    code: 'TERMINAL_UNKNOWN',
    advice: 'Enrol this phone with a one-time code.',
    play: async (book) => {
      const { submit } = await counter(book);
      const met = await submit({}, numberAt(book.clock, '00000', 'Q', 1));
      return [met, await submit({}, numberAt(book.clock, await enrol(book, DEPOT, 'PBT1'), 'Q', 1))];
    },
  },
  {
    at: 'submitRequest',
    code: 'TERMINAL_REVOKED',
    advice: 'enrol anew',
    play: async (book) => {
      const { submit } = await counter(book);
      const lost = await enrol(book, DEPOT, 'PBT1');
      const path = { location: DEPOT, terminal: lost };
      expectOk(await book.admin.revokeTerminal({ path, body: { reason: 'the phone was lost' } }));
      const met = await submit({}, numberAt(book.clock, lost, 'Q', 1));
      return [met, await submit({}, numberAt(book.clock, await enrol(book, DEPOT, 'PBT1'), 'Q', 1))];
    },
  },
  ...Object.entries(LOOKUPS).map(
    ([at, lookup]): Situation => ({
      at: at as Situation['at'],
      ...CHECK_ADDRESS,
      play: async (book) => {
        const look = await lookup(book);
        return [await look(false), await look(true)];
      },
    }),
  ),
  ...WRONG_ACCEPTANCES.map(
    ([code, advice, wrong]): Situation => ({
      at: 'acceptTransferRequest',
      code,
      advice,
      play: async (book) => {
        const item = anItem();
        const giver = await stallWithStock(book, { [item]: 40 });
        await stallWithStock(book, { [item]: 1 });
        const [request] = await transferRequestsAt(giver);
        const written = writeAcceptance(giver, request?.dispatch ?? { to: '', lines: [] });
        const met = await acceptTransferRequest(giver, { ...written, claim: { ...written.claim, ...wrong } });
        return [met, await acceptTransferRequest(giver, written)];
      },
    }),
  ),
];
