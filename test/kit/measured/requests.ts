import { CardNumber } from '../../../shared/materials/pin.ts';
import type { ConfirmationProof } from '../../../shared/materials/request-contract.ts';
import { type Book, expectOk } from '../book.ts';
import { receipt } from '../claims.ts';
import { BAMBOO, DEPOT, measured, openDepot } from '../depot.ts';
import { requestsAt } from '../material-requests.ts';
import type { Measured } from './measured.ts';

const MATERIALS = Array.from({ length: 40 }, (_, n) => `PBT-MATERIAL-${String(n + 1).padStart(2, '0')}`);

/**
 * Requests, passbook and issues at a depot with bamboo and 40 more materials. Accounts are open.
 */
export const requestOperations = async (book: Book): Promise<readonly Measured[]> => {
  const { admin } = book;
  const depot = await openDepot(book);
  const [producer, other] = ['P0100', 'P0101'];
  for (const id of [producer, other]) await depot.producer(id, 40);
  const { entry } = expectOk(await admin.getEntry({ path: { kind: 'items', id: BAMBOO } }));
  for (const id of MATERIALS) expectOk(await admin.putEntry({ path: { kind: 'items', id }, body: entry }));
  const lines = (quantity: number, more: object = {}) =>
    MATERIALS.map((item) => ({ item, quantity: measured(quantity), ...more }));
  const receiving = receipt(book.clock, lines(1_000_000, { lot: 'M-1' }));
  expectOk(await admin.recordVoucher({ path: { location: DEPOT, number: depot.number('R') }, body: receiving }));
  await depot.receive('B-1', 1_000_000);

  const [asks, waiting] = [requestsAt(book, depot, producer), requestsAt(book, depot, other)];
  for (let n = 0; n < 9; n++) await waiting.submitted();
  const [few, many] = [{}, { lines: lines(1_000) }];
  let number = '';
  let grants = 0;
  const to = (reach: () => Promise<string>) => async () => {
    number = await reach();
  };
  const approvedOf = (more: object) => async () => {
    const number = await asks.submitted(2_000, more);
    expectOk(await asks.approve(number));
    return number;
  };
  const issuedTo = async () => {
    const number = await waiting.reach.approved();
    expectOk(await waiting.issue(number, 2_000));
    return number;
  };
  const phone = await book.as('producer', `producer:${other}`);
  const codeOf = async () => expectOk(await phone.getRequest({ path: waiting.pathOf(number) })).confirmWith?.code ?? '';
  const confirm = async (body: ConfirmationProof) =>
    expectOk(await admin.confirmRequest({ path: waiting.pathOf(number), body, ifMatch: 3 }));
  let code = '';
  const card = { number: CardNumber.parse('PBT-0101'), pin: '8305' };
  const setPin = async () =>
    expectOk(await admin.setPin({ path: { producer: other }, body: { card: card.number, pin: card.pin } }));
  await setPin();
  const approve = async () =>
    expectOk(await admin.approveRequest({ path: { depot: DEPOT, number }, body: {}, ifMatch: 1 }));
  await approvedOf(few)();
  await approvedOf(many)();

  return [
    {
      name: "read a depot's queue of 11 requests",
      run: async () => expectOk(await admin.listRequests({ path: { depot: DEPOT } })),
    },
    {
      name: 'list the requests of a producer, a page of 100 at most',
      run: async () => expectOk(await admin.listProducerRequests({ path: { producer: other } })),
    },
    { name: 'ask for 1 material', run: () => asks.submitted() },
    { name: 'ask for 40 materials', run: () => asks.submitted(0, many) },
    { name: 'set a PIN', run: setPin },
    { name: 'ask for 1 material at the counter, with card and PIN', run: () => waiting.submitted(2_000, { card }) },
    { name: 'approve a request of 1 line', prepare: to(() => asks.submitted()), run: approve },
    { name: 'approve a request of 40 lines', prepare: to(() => asks.submitted(0, many)), run: approve },
    {
      name: 'reject a request',
      prepare: to(() => asks.submitted()),
      run: async () =>
        expectOk(await admin.rejectRequest({ path: { depot: DEPOT, number }, body: { why: 'none' }, ifMatch: 1 })),
    },
    {
      name: 'cancel a request that is approved',
      prepare: to(approvedOf(few)),
      run: async () => expectOk(await admin.cancelRequest({ path: asks.pathOf(number), body: {}, ifMatch: 2 })),
    },
    {
      name: 'issue 1 line of a request',
      prepare: to(approvedOf(few)),
      run: async () => expectOk(await asks.issue(number, 2_000)),
    },
    {
      name: 'issue 40 lines of a request',
      prepare: to(approvedOf(many)),
      run: async () => expectOk(await asks.issue(number, 0, many)),
    },
    { name: 'read a request', run: async () => asks.read(number) },
    {
      name: 'grant an entitlement',
      run: async () => {
        const path = { producer, item: BAMBOO, grant: `G-${++grants}` };
        expectOk(await admin.grantEntitlement({ path, body: { depot: DEPOT, quantity: '5 gram', why: 'flood' } }));
      },
    },
    {
      name: 'read a passbook of 41 materials and 4 issues',
      run: async () => expectOk(await admin.getPassbook({ path: { producer } })),
    },
    { name: 'read a request as its producer, with its code', prepare: to(issuedTo), run: codeOf },
    {
      name: 'confirm by code',
      prepare: async () => {
        number = await issuedTo();
        code = await codeOf();
      },
      run: () => confirm({ proof: 'code', code }),
    },
    { name: 'confirm by card and PIN', prepare: to(issuedTo), run: () => confirm({ proof: 'card', card }) },
    {
      name: 'confirm by signature',
      prepare: to(issuedTo),
      run: () => confirm({ proof: 'signature', signature: 'register 12, line 4' }),
    },
    {
      name: "read a depot's shelf of 41 materials, 28 day books",
      run: async () => expectOk(await admin.getDepotShelf({ path: { depot: DEPOT } })),
    },
  ];
};
