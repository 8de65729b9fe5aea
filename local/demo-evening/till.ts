import { randomUUID } from 'node:crypto';
import type { Client } from '../../shared/api/client.ts';
import { type Clock, dayOf, instantOf, millisecondsOf } from '../../shared/kernel/time.ts';
import { expectOk } from '../demo-client.ts';

type VoucherFields = { readonly kind: string; readonly [field: string]: unknown };
export type WrittenVoucher = { readonly number: string; readonly claim: VoucherFields };

export type DemoTill = {
  write(fields: VoucherFields): WrittenVoucher;
  record(written: WrittenVoucher): Promise<string>;
  sync(written: readonly WrittenVoucher[]): Promise<readonly SyncOutcome[]>;
  last(): string[];
};

type SyncOutcome = Awaited<ReturnType<typeof syncVouchers>>[number];

/** Readings all differ, so that events in one millisecond are ordered. */
export const tickingClock = ({ now }: Clock): Clock => {
  let last = 0;
  return {
    now: () => {
      last = Math.max(last + 1, millisecondsOf(now()));
      return instantOf(last);
    },
  };
};

export const openTill = async (admin: Client, location: string, seller: string, clock: Clock): Promise<DemoTill> => {
  const path = { location };
  const { code } = expectOk(await admin.issueEnrolmentCode({ path, body: { seller } }));
  const { terminal } = expectOk(await admin.enrolTerminal({ path, body: { code, installation: randomUUID() } }));
  const serials = new Map<string, number>();
  const last = new Map<string, string>();
  let previous: string | null = null;
  return {
    write: (fields) => {
      const serial = (serials.get(fields.kind) ?? 0) + 1;
      const occurredAt = clock.now();
      const day = dayOf(occurredAt).slice(2).replaceAll('-', '');
      const number = `${terminal}${fields.kind}${day}${String(serial).padStart(4, '0')}`;
      const claim = { occurredAt, by: 'S042', previous, ...fields };
      serials.set(fields.kind, serial);
      last.set(fields.kind, number);
      previous = number;
      return { number, claim };
    },
    record: async ({ number, claim }) => {
      expectOk(await admin.recordVoucher({ path: { location, number }, body: claim as never }));
      return number;
    },
    sync: (vouchers) => syncVouchers(admin, location, vouchers),
    last: () => [...last.values()],
  };
};

const syncVouchers = async (admin: Client, location: string, vouchers: readonly WrittenVoucher[]) =>
  expectOk(await admin.syncVouchers({ path: { location }, body: { vouchers: [...vouchers] } })).outcomes;
