import type { Client } from '../../shared/api/client.ts';
import { dayOf } from '../../shared/kernel/time.ts';
import { systemClock } from '../../shared/platform/clock.ts';
import { atOnce } from '../../shared/platform/concurrently.ts';
import { done } from '../done.ts';
import type { Shelf } from './opening-stock.ts';

/** Who records the opening stock everywhere. */
export const OPENED_BY = 'OPENING';

/** Two cores then have enough to do, and the engine is not flooded. */
export const AT_ONCE = 12;

type Filling = {
  readonly shelves: readonly Shelf[];
  readonly fresh: boolean;
  readonly filled: (shelf: Shelf) => void;
};

/** Enrols a terminal for every seller at every place, and records the opening stock as a goods receipt, as anyone's would be. */
export const fillShelves = (admin: Client, { shelves, fresh, filled }: Filling): Promise<void> =>
  atOnce(AT_ONCE, shelves, async (shelf) => {
    if (fresh || !(await isFilled(admin, shelf))) await fillShelf(admin, shelf);
    filled(shelf);
  });

/** A receipt is all or nothing: one of its items tells whether an earlier start, stopped half way, came past here. */
const isFilled = async (admin: Client, { location, lines }: Shelf): Promise<boolean> => {
  const { stock } = done(await admin.getLocationStock({ path: { location } }));
  return stock.some((row) => row.item === lines[0]?.item);
};

const fillShelf = async (admin: Client, { location, seller, lines }: Shelf): Promise<void> => {
  if (lines.length === 0) return;
  const path = { location };
  const { code } = done(await admin.issueEnrolmentCode({ path, body: { seller } }));
  const installation = `demo-${location}-${seller}`;
  const { terminal } = done(await admin.enrolTerminal({ path, body: { code, installation } }));
  const occurredAt = systemClock.now();
  const number = `${terminal}R${dayOf(occurredAt).slice(2).replaceAll('-', '')}0001`;
  const body = { occurredAt, by: OPENED_BY, previous: null, from: { supplier: 'Opening stock' }, lines: [...lines] };
  done(await admin.receiveGoods({ path: { location, number }, body }));
};
