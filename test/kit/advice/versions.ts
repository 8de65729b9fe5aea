import { type Book, enrol, expectOk, numberAt } from '../book.ts';
import { SIGNED } from '../confirmations.ts';
import { DEPOT } from '../depot.ts';
import { sweep } from '../jobs.ts';
import { stallWithStock } from '../transfer-requests.ts';
import { anItem, counter, heldSale } from './other-operations.ts';
import type { Answer, Situation } from './situation.ts';
import { granting } from './slips.ts';

const PRECONDITION = {
  code: 'PRECONDITION_REQUIRED',
  advice: 'Read what you change, and send its version as If-Match',
} as const;
const MISMATCH = {
  code: 'VERSION_MISMATCH',
  advice: 'Read it again, make the change on what it is now, and send that version as If-Match',
} as const;

/** Without a version, or with a wrong one; then with the one that was read. */
type Change = (book: Book) => Promise<{
  readonly change: (ifMatch: number | undefined) => Promise<Answer>;
  readonly version: () => Promise<number>;
}>;

const both = (at: Situation['at'], change: Change): Situation[] =>
  [PRECONDITION, MISMATCH].map((problem) => ({
    at,
    ...problem,
    play: async (book) => {
      const { change: send, version } = await change(book);
      const met = await send(problem.code === 'VERSION_MISMATCH' ? 99 : undefined);
      return [met, await send(await version())];
    },
  }));

const requestChange =
  (move: 'approveRequest' | 'rejectRequest' | 'cancelRequest' | 'confirmRequest'): Change =>
  async (book) => {
    const { requests, producer } = await counter(book);
    const number = await (move === 'confirmRequest' ? requests.reach.issued() : requests.submitted());
    const path = { depot: DEPOT, producer, number };
    const { depot: _depot, ...own } = path;
    const { producer: _producer, ...atDepot } = path;
    const requestPath = move === 'cancelRequest' || move === 'confirmRequest' ? own : atDepot;
    const body = { approveRequest: {}, confirmRequest: SIGNED }[move as string] ?? { why: 'bought elsewhere' };
    return {
      change: (ifMatch) =>
        book.admin[move]({
          path: requestPath as never,
          body: body as never,
          ...(ifMatch !== undefined && { ifMatch }),
        }),
      version: async () => (await requests.read(number)).version,
    };
  };

const alertChange =
  (move: 'acknowledgeAlert' | 'snoozeAlert'): Change =>
  async (book) => {
    const item = anItem();
    const shop = await stallWithStock(book, { [item]: 1 });
    await sweep(shop.location);
    const officer = await book.as('officer', 'state');
    const path = { location: shop.location, alert: `${item}:short` };
    const until = new Date(Date.parse(book.clock.now()) + 3_600_000).toISOString();
    const body = move === 'acknowledgeAlert' ? {} : { until, why: 'the supplier comes tomorrow' };
    return {
      change: (ifMatch) => officer[move]({ path, body: body as never, ...(ifMatch !== undefined && { ifMatch }) }),
      version: async () => {
        const { alerts } = expectOk(await officer.listAlerts({ query: { location: shop.location, state: 'open' } }));
        return alerts.find(({ alert }) => alert === path.alert)?.version ?? 0;
      },
    };
  };

const heldChange: Change = async (book) => {
  const { officer, location, outcome } = await heldSale(book);
  const path = { location, held: outcome.held };
  return {
    change: (ifMatch) =>
      officer.settleHeld({
        path,
        body: { do: 'reject', why: 'it never was' },
        ...(ifMatch !== undefined && { ifMatch }),
      }),
    version: async () => {
      const { held } = expectOk(await officer.listHeld({ path: { location }, query: {} }));
      return held.find((one) => one.held === outcome.held)?.version ?? 0;
    },
  };
};

/** Versions of shared entries, and operations whose details name something of their own. */
export const VERSIONS: readonly Situation[] = [
  ...(['approveRequest', 'rejectRequest', 'cancelRequest', 'confirmRequest'] as const).flatMap((move) =>
    both(move, requestChange(move)),
  ),
  ...(['acknowledgeAlert', 'snoozeAlert'] as const).flatMap((move) => both(move, alertChange(move))),
  ...both('settleHeld', heldChange),
  {
    at: 'submitRequest',
    code: 'TERMINAL_ELSEWHERE',
    advice: 'or enrol here',
    play: async (book) => {
      const { submit, depot } = await counter(book);
      const elsewhere = await enrol(book, 'LKO-01', 'LKO1');
      return [await submit({}, numberAt(book.clock, elsewhere, 'Q', 1)), await submit({}, depot.number('Q'))];
    },
  },
  {
    at: 'grantEntitlement',
    code: 'VOUCHER_CONFLICT',
    advice: 'or a grant an id of its own',
    play: async (book) => {
      const grant = await granting(book);
      expectOk(await grant('40 kg', {}, { grant: 'FLOOD-9' }));
      const met = await grant('41 kg', {}, { grant: 'FLOOD-9' });
      return [met, await grant('41 kg', {}, { grant: 'FLOOD-10' })];
    },
  },
  ...(
    [
      ['PRODUCER_UNKNOWN', 'Check the number on the card', { producer: 'P9999' }],
      ['ITEM_UNKNOWN', 'pick from it', { item: 'PBT-NOBODYS' }],
      ['NOT_A_MATERIAL', 'Ask for what the depot keeps', { item: 'PBT-FLUTE-C' }],
    ] as const
  ).map(
    ([code, advice, wrong]): Situation => ({
      at: 'grantEntitlement',
      code,
      advice,
      play: async (book) => {
        const grant = await granting(book);
        return [await grant('40 kg', {}, wrong), await grant('40 kg')];
      },
    }),
  ),
];
