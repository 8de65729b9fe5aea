import type { Client } from '../../shared/api/client.ts';
import { dayOf } from '../../shared/kernel/time.ts';
import { systemClock } from '../../shared/platform/clock.ts';
import { concurrently } from '../../shared/platform/concurrently.ts';
import { expectOk } from '../expect-ok.ts';
import type { OpeningStock } from './opening-stock.ts';

export const OPENED_BY = 'OPENING';

/** Keeps two cores busy. */
export const CONCURRENCY = 12;

type FillOptions = {
  readonly shelves: readonly OpeningStock[];
  readonly fresh: boolean;
  readonly onRecorded: (shelf: OpeningStock) => void;
};

export const recordOpeningStock = (admin: Client, { shelves, fresh, onRecorded }: FillOptions): Promise<void> =>
  concurrently(CONCURRENCY, shelves, async (shelf) => {
    if (fresh || !(await hasOpeningStock(admin, shelf))) await recordOneReceipt(admin, shelf);
    onRecorded(shelf);
  });

/** Receipts are atomic, so one item shows it. */
const hasOpeningStock = async (admin: Client, { location, lines }: OpeningStock): Promise<boolean> => {
  const { stock } = expectOk(await admin.getLocationStock({ path: { location } }));
  return stock.some((row) => row.item === lines[0]?.item);
};

const recordOneReceipt = async (admin: Client, { location, seller, lines }: OpeningStock): Promise<void> => {
  if (lines.length === 0) return;
  const path = { location };
  const { code } = expectOk(await admin.issueEnrolmentCode({ path, body: { seller } }));
  const installation = `demo-${location}-${seller}`;
  const { terminal } = expectOk(await admin.enrolTerminal({ path, body: { code, installation } }));
  const occurredAt = systemClock.now();
  const number = `${terminal}R${dayOf(occurredAt).slice(2).replaceAll('-', '')}0001`;
  const body = { occurredAt, by: OPENED_BY, previous: null, from: { supplier: 'Opening stock' }, lines: [...lines] };
  expectOk(await admin.receiveGoods({ path: { location, number }, body }));
};
