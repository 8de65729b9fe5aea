import type { Client } from '../../shared/api/client.ts';
import type { TerminalCode } from '../../shared/kernel/ids.ts';
import { type Clock, dayOf } from '../../shared/kernel/time.ts';
import { type VoucherKindCode, type VoucherNumber, voucherNumberOf } from '../../shared/kernel/voucher-number.ts';
import { expectOk } from '../demo-client.ts';

export type SaleLineOf = { readonly item: string; readonly quantity: number };

type TillStart = {
  readonly location: string;
  readonly terminal: TerminalCode;
  /** The opening receipt. */
  readonly number: string;
  readonly by: string;
  readonly onHand: ReadonlyMap<string, number>;
  /** Paise for one. */
  readonly prices: ReadonlyMap<string, number>;
};

export type PastTill = ReturnType<typeof openTill>;

/** A till of the demo: it numbers vouchers without gaps and knows its shelf and takings. */
export const openTill = ({ location, terminal, number, by, onHand, prices }: TillStart, clock: Clock) => {
  const shelf = new Map(onHand);
  const last = new Map<string, VoucherNumber>();
  const taken = { cash: 0, upi: 0 };
  let previous = number;

  const nextNumber = (kind: VoucherKindCode): VoucherNumber => {
    const day = dayOf(clock.now());
    const of = (serial: number) => voucherNumberOf({ terminal, kind, day, serial: String(serial).padStart(4, '0') });
    const before = last.get(kind);
    return before?.slice(0, -4) === of(1).slice(0, -4) ? of(Number(before.slice(-4)) + 1) : of(1);
  };

  /** Writes the next voucher's number and header; `previous` is the one before. */
  const write = <Kind extends VoucherKindCode, Fields extends object>(kind: Kind, fields: Fields) => {
    const written = nextNumber(kind);
    const body = { kind, occurredAt: clock.now(), by, previous, ...fields };
    last.set(kind, written);
    previous = written;
    return { number: written, body };
  };

  const record = async (admin: Client, kind: VoucherKindCode, fields: object): Promise<VoucherNumber> => {
    const { number: written, body } = write(kind, fields);
    expectOk(await admin.recordVoucher({ path: { location, number: written }, body: body as never }));
    return written;
  };

  const amountOf = (lines: readonly SaleLineOf[]): number =>
    lines.reduce((sum, { item, quantity }) => sum + quantity * (prices.get(item) ?? 0), 0);

  return {
    location,
    shelf,
    write,
    record,
    amountOf,
    sell: async (admin: Client, lines: readonly SaleLineOf[], tender: 'cash' | 'upi', more: object = {}) => {
      const amount = amountOf(lines);
      for (const { item, quantity } of lines) shelf.set(item, (shelf.get(item) ?? 0) - quantity);
      taken[tender] += amount;
      const priced = lines.map((line) => ({ ...line, unitPrice: prices.get(line.item) }));
      return record(admin, 'S', { lines: priced, payments: [{ tender, amount }], ...more });
    },
    takeBack: async (admin: Client, of: string, { item, quantity }: SaleLineOf) => {
      const amount = amountOf([{ item, quantity }]);
      shelf.set(item, (shelf.get(item) ?? 0) + quantity);
      taken.cash -= amount;
      const lines = [{ line: 1, item, quantity }];
      const refund = [{ tender: 'cash', amount }];
      return record(admin, 'V', { of, reason: 'return', goods: 'to shelf', lines, refund });
    },
    closeShift: async (admin: Client) => {
      const counted = [
        { tender: 'cash', amount: taken.cash },
        { tender: 'upi', amount: taken.upi },
      ];
      const float = 0;
      taken.cash = 0;
      taken.upi = 0;
      return record(admin, 'K', { float, counted, last: [...last.values()] });
    },
  };
};
