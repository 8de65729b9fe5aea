import type { Client } from '../../shared/api/client.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import type { RequestState, RequestTransition } from '../../shared/materials/material-request.ts';
import type { ConfirmationProof } from '../../shared/materials/request-contract.ts';
import { expire } from '../../shared/materials/request-transitions.ts';
import { type Book, expectOk } from './book.ts';
import { SIGNED } from './confirmations.ts';
import { DEPOT, type Depot } from './depot.ts';

/** Transitions that people make; jobs make the others. */
export const MOVES_BY_HAND = ['approve', 'reject', 'cancel', 'issue', 'confirm'] as const satisfies RequestTransition[];
type MoveByHand = (typeof MOVES_BY_HAND)[number];

type Line = { readonly item: string; readonly quantity: number | string };

/** Submits requests of one producer at a depot and moves them to any state, as `by`. */
export const requestsAt = (
  book: Book,
  depot: Depot,
  producer: string,
  by: Client = book.admin,
  isCounter = by !== book.admin,
) => {
  const pathOf = (number: string) => ({ producer, number });
  const read = async (number: string) => expectOk(await book.admin.getRequest({ path: pathOf(number) }));
  const versionOf = async (number: string) => (await read(number)).version;

  const submitted = async (quantity: number | string = 2_000, more: object = {}) => {
    const number = depot.number('Q');
    expectOk(await by.submitRequest({ path: pathOf(number), body: depot.asking(quantity, more) }));
    return number;
  };

  /** A depot's login names the member of staff. */
  const staff = isCounter ? { by: 'S001' } : {};

  /** Transitions over HTTP; `ifMatch` is the current version unless given. */
  const approve = async (number: string, lines?: readonly Line[], ifMatch?: number) =>
    by.approveRequest({
      path: { depot: depot.location, number },
      body: lines ? { lines: [...lines], ...staff } : staff,
      ifMatch: ifMatch ?? (await versionOf(number)),
    });
  const reject = async (number: string, why = 'ask at Bareilly') =>
    by.rejectRequest({
      path: { depot: depot.location, number },
      body: { why, ...staff },
      ifMatch: await versionOf(number),
    });
  const cancel = async (number: string, why = 'bought elsewhere') =>
    by.cancelRequest({ path: pathOf(number), body: { why, ...staff }, ifMatch: await versionOf(number) });
  const issue = (number: string, quantity: number | string = 500, more: object = {}) =>
    by.recordVoucher({
      path: { location: depot.location, number: depot.number('I') },
      body: depot.issuing(number, quantity, more),
    });
  /** By a signature that the counter enters, which needs no code. */
  const confirm = async (number: string, body: ConfirmationProof = SIGNED) => {
    // Another login than the one that issues: the share of an issuer's own signatures is limited.
    const who = body.proof === 'signature' ? await book.as('depot', `location:${depot.location}`) : by;
    return who.confirmRequest({ path: pathOf(number), body, ifMatch: await versionOf(number) });
  };
  const move: Record<MoveByHand, (number: string) => Promise<Awaited<ReturnType<typeof issue | typeof reject>>>> = {
    approve,
    reject,
    cancel,
    issue,
    confirm,
  };

  /** A new request in that state. */
  const reach: Record<RequestState, () => Promise<string>> = {
    submitted,
    approved: () => moved(submitted(), 'approve'),
    rejected: () => moved(submitted(), 'reject'),
    cancelled: async () => moved(reach.approved(), 'cancel'),
    issued: async () => moved(reach.approved(), 'issue'),
    received: async () => moved(reach.issued(), 'confirm'),
    lapsed: async () => {
      const number = await reach.approved();
      const decided = expire(await read(number), { at: book.clock.now(), by: 'expire-reservations' });
      if (isRefusal(decided)) throw new Error(decided.detail);
      await book.bahi.startFunctions().requests.change(decided);
      return number;
    },
  };
  const moved = async (submitting: Promise<string>, name: MoveByHand) => {
    const number = await submitting;
    const answer = await move[name](number);
    if (!answer.ok) throw new Error(`to ${name} it: ${answer.problem.detail}`);
    return number;
  };

  return { producer, pathOf, read, submitted, approve, reject, cancel, issue, confirm, move, reach };
};
export type RequestDriver = ReturnType<typeof requestsAt>;

/** The current state of these requests of a producer. */
export const readRequests = ({ admin }: Book, producer: string, numbers: readonly string[]) =>
  Promise.all(numbers.map(async (number) => expectOk(await admin.getRequest({ path: { producer, number } }))));

/** Data that a refused move must not change: depot row, queue, day books, passbook. */
export const depotAndPassbook = async ({ admin, clock }: Book, producer: string) => {
  const day = clock.now().slice(0, 10);
  return [
    expectOk(await admin.getLocationStock({ path: { location: DEPOT } })).stock,
    expectOk(await admin.listRequests({ path: { depot: DEPOT } })).requests,
    expectOk(await admin.getDay({ path: { location: DEPOT, day } })).vouchers.length,
    expectOk(await admin.getPassbook({ path: { producer } })),
  ];
};
