import type { SingleBar } from 'cli-progress';
import type { Client } from '../../shared/contract/client.ts';
import { dayOf } from '../../shared/domain/time.ts';
import { systemClock } from '../../shared/runtime/clock.ts';
import { done } from '../done.ts';
import type { Shelf } from './opening-stock.ts';

/** Shelves filled at a time. */
const AT_ONCE = 12;

type Filling = { readonly shelves: readonly Shelf[]; readonly fresh: boolean; readonly bar: SingleBar };

/** Enrols a terminal for every seller at every place, and records the opening stock as a goods receipt, as anyone's would be. */
export const fillShelves = async (admin: Client, { shelves, fresh, bar }: Filling): Promise<void> => {
  bar.setTotal(shelves.length);
  const left = [...shelves];
  const fill = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      if (fresh || !(await isFilled(admin, next))) await fillShelf(admin, next);
      bar.increment(1, { what: next.location });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, fill));
};

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
  const body = { occurredAt, by: 'S001', previous: null, from: { supplier: 'Opening stock' }, lines: [...lines] };
  done(await admin.receiveGoods({ path: { location, number }, body }));
};
