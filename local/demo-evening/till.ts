import { randomUUID } from 'node:crypto';
import type { Client } from '../../shared/api/client.ts';
import { type Clock, dayOf, instantOf, millisecondsOf } from '../../shared/kernel/time.ts';
import { done } from '../done.ts';

type Said = { readonly kind: string; readonly [field: string]: unknown };
export type Written = { readonly number: string; readonly claim: Said };

export type Till = {
  /** Writes a voucher down, as a phone does with a link or without. */
  write(said: Said): Written;
  live(written: Written): Promise<string>;
  bring(written: readonly Written[]): Promise<readonly Outcome[]>;
  /** The last number of each kind. */
  last(): string[];
};
type Outcome = Awaited<ReturnType<typeof brought>>[number];

/** A clock of which no two readings are the same, so that what happens in one millisecond has an order. */
export const ticking = ({ now }: Clock): Clock => {
  let last = 0;
  return {
    now: () => {
      last = Math.max(last + 1, millisecondsOf(now()));
      return instantOf(last);
    },
  };
};

/** A phone at a stall, enrolled anew, whose numbers follow one another. */
export const openTill = async (admin: Client, location: string, seller: string, clock: Clock): Promise<Till> => {
  const path = { location };
  const { code } = done(await admin.issueEnrolmentCode({ path, body: { seller } }));
  const { terminal } = done(await admin.enrolTerminal({ path, body: { code, installation: randomUUID() } }));
  const serials = new Map<string, number>();
  const last = new Map<string, string>();
  let previous: string | null = null;
  return {
    write: (said) => {
      const serial = (serials.get(said.kind) ?? 0) + 1;
      const occurredAt = clock.now();
      const day = dayOf(occurredAt).slice(2).replaceAll('-', '');
      const number = `${terminal}${said.kind}${day}${String(serial).padStart(4, '0')}`;
      const claim = { occurredAt, by: 'S042', previous, ...said };
      serials.set(said.kind, serial);
      last.set(said.kind, number);
      previous = number;
      return { number, claim };
    },
    live: async ({ number, claim }) => {
      done(await admin.recordVoucher({ path: { location, number }, body: claim as never }));
      return number;
    },
    bring: (vouchers) => brought(admin, location, vouchers),
    last: () => [...last.values()],
  };
};

const brought = async (admin: Client, location: string, vouchers: readonly Written[]) =>
  done(await admin.syncVouchers({ path: { location }, body: { vouchers: [...vouchers] } })).outcomes;
