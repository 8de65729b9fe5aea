import type { Client } from '../../shared/api/client.ts';
import { type Clock, dayOf, instantOf, millisecondsOf } from '../../shared/kernel/time.ts';
import { voucherNumberOf } from '../../shared/kernel/voucher-number.ts';
import { concurrently } from '../../shared/platform/tasks.ts';
import { expectOk, listAllPages, listUsableTerminals } from '../demo-client.ts';
import { CONCURRENCY, OPENED_BY } from './record-opening-stock.ts';

const depot = 'PBE-D1';
const FORTNIGHT_MILLISECONDS = 14 * 24 * 3_600_000;

type DemoRequest = { readonly producer?: string; readonly item?: string; readonly quantity?: string };

/** The row number is the day's serial. */
export const submitBambooRequests = async (
  admin: Client,
  all: readonly DemoRequest[],
  { now }: Clock,
  asked: () => void,
): Promise<void> => {
  const [terminal] = await listUsableTerminals(admin, depot);
  if (!terminal) throw new Error(`${depot} has no terminal for requests.`);
  const { id, enrolledAt } = terminal;
  const waiting = await readWaitingNumbers(admin);
  const { latest } = expectOk(await admin.getNumbers({ path: { location: depot, terminal: id } }));
  // The opening stock has the first number.
  let last = latest ?? voucherNumberOf({ terminal: id, kind: 'R', day: dayOf(enrolledAt), serial: '0001' });

  await concurrently(CONCURRENCY, [...all.entries()], async ([at, { producer = '', item = '', quantity = '' }]) => {
    const occurredAt = now();
    const serial = String(at + 1).padStart(4, '0');
    // An aborted start submitted these.
    const before = waiting.get(producer);
    const number = before ?? voucherNumberOf({ terminal: id, kind: 'Q', day: dayOf(occurredAt), serial });
    const previous = last;
    last = number;
    if (!before) {
      const neededBy = dayOf(instantOf(millisecondsOf(occurredAt) + FORTNIGHT_MILLISECONDS));
      const lines = [{ item, quantity }];
      const body = { kind: 'Q' as const, occurredAt, by: OPENED_BY, previous, depot, neededBy, lines };
      const answer = await admin.submitRequest({ path: { producer, number }, body });
      // On conflict, an earlier start submitted it.
      if (answer.ok || answer.problem.code !== 'VOUCHER_CONFLICT') expectOk(answer);
    }
    asked();
  });
};

const readWaitingNumbers = async (admin: Client) => {
  const queue = await listAllPages(
    (query) => admin.listRequests({ path: { depot }, query }),
    (page) => page.requests,
  );
  return new Map(queue.map(({ producer, request }) => [String(producer), request]));
};
