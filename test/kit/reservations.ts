import { isRefusal, type Refusal } from '../../shared/kernel/refusal.ts';
import type { VoucherEffects } from '../../shared/ledger/decision.ts';
import { codeExpiryOf } from '../../shared/materials/confirmation.ts';
import { applyTransition, type MaterialRequest } from '../../shared/materials/material-request.ts';
import { approve, confirm, type RequestEffects } from '../../shared/materials/request-transitions.ts';
import { CONFLICT } from '../../shared/platform/retry.ts';
import type { Book } from './book.ts';
import { daysAgo } from './clock.ts';
import type { BookStores, competingDepots, Spec } from './competing-depots.ts';

/**
 * Moves requests by the stores alone, with stock and passbook, but without vouchers and lots.
 */
export const reservationsBy = ({ requests, clock }: BookStores) => {
  const find = async (number: string): Promise<MaterialRequest> => {
    const found = await requests.find(number as MaterialRequest['request']);
    if (!found) throw new Error(`no request ${number}`);
    return found;
  };
  const made = async (decided: RequestEffects | Refusal, code?: VoucherEffects['code']): Promise<void> => {
    const answer = isRefusal(decided) ? decided : await requests.change({ ...decided, ...(code && { code }) });
    if (answer === CONFLICT) throw new Error('someone else moved it first');
    if (isRefusal(answer)) throw new Error(answer.detail);
  };
  const doing = () => ({ at: clock.now(), by: 'kit' });

  return {
    find,
    /** Approves everything, or this quantity of the first line. */
    reserve: async (number: string, quantity?: number) => {
      const request = await find(number);
      const granted = request.lines
        .slice(0, 1)
        .map(({ item, asked }) => ({ item, quantity: (quantity ?? asked) as typeof asked }));
      await made(approve(request, doing(), quantity === undefined ? undefined : granted));
    },
    /** Issues this quantity of the first line. */
    issue: async (number: string, quantity: number) => {
      const next = applyTransition(await find(number), 'issue', doing());
      if (isRefusal(next)) throw new Error(next.detail);
      const [first, ...others] = next.lines;
      if (!first) throw new Error('the request has no lines');
      const { item } = first;
      const request = {
        ...next,
        lines: [{ ...first, issued: (first.issued + quantity) as typeof first.issued }, ...others],
      };
      const stock = [{ item, onHand: -quantity, free: 0, requires: 'nothing' as const }];
      const accounts = [{ item, reserved: -quantity, drawn: quantity }];
      await made({ request, stock, accounts }, { until: codeExpiryOf(clock.now()) });
    },
    confirm: async (number: string) => made(confirm(await find(number), doing())),
  };
};

const PROMISED: Spec = {
  entitled: { P0100: 90, P0101: 90, P0102: 90 },
  free: [100, 10],
  asks: [
    ['P0102', 25],
    ['P0100', 10, 4],
    ['P0101', 20],
    ['P0100', 30],
    ['P0101', 9],
  ],
};

/**
 * A depot where 80 of a material are reserved and `missing` of them are not there. Reservations in
 * order: 30; 15 of 20, as 5 are issued; 25; 10, with 4 of another material. A request of 9 waits.
 */
export const depotWithShortfall = async (
  book: Book,
  { openDepot, plain }: ReturnType<typeof competingDepots>,
  missing: number,
) => {
  const depot = await openDepot(PROMISED);
  const { reserve, issue, find } = reservationsBy(plain);
  const [third = '', last = '', second = '', first = '', waits = ''] = depot.all.map(({ number }) => number);
  const hoursAgo = (hours: number, act: () => Promise<void>) => daysAgo(book.clock, hours / 24, act);
  await hoursAgo(5, () => reserve(first));
  await hoursAgo(4, () => reserve(second));
  await hoursAgo(3, () => reserve(third));
  await hoursAgo(2, () => reserve(last));
  await hoursAgo(1, () => issue(second, 5));
  if (missing !== 0) await depot.receive(-15 - missing);
  const [item] = depot.items;
  if (!item) throw new Error('a material');
  const row = () => plain.stock.row(depot.depot, item);
  return {
    ...depot,
    first,
    second,
    third,
    last,
    row,
    settle: (tools: BookStores = plain) => tools.reduceReservations(depot.depot, item),
    /**
     * State, approved and issued quantity of the first to the last reservation and of the one that
     * waits.
     */
    stand: () =>
      Promise.all(
        [first, second, third, last, waits].map(async (number) => {
          const { state, lines } = await find(number);
          return `${state} ${lines[0]?.approved}-${lines[0]?.issued}`;
        }),
      ),
  };
};

export type DepotWithShortfall = Awaited<ReturnType<typeof depotWithShortfall>>;
