import type { Client } from '../../shared/api/client.ts';
import { instantOf } from '../../shared/kernel/time.ts';
import { type Book, enrol, numberAt } from './book.ts';
import { daysAgo } from './clock.ts';

/** A claim without time and clock, which the phone adds. */
export type VoucherFields = { readonly kind: string; readonly [field: string]: unknown };

/** A voucher as a phone keeps it until it is recorded. */
export type Written = {
  readonly number: string;
  readonly claim: VoucherFields & { readonly occurredAt: string };
  readonly clock?: { readonly skew: number; readonly within: number } | undefined;
};

type Body = Parameters<Client['recordVoucher']>[0]['body'];

type PhoneOptions = {
  /** By default it is signed in for its location. */
  readonly client?: Client;
  /** Milliseconds that its clock is behind the true one. */
  readonly behind?: number;
  /** Days. */
  readonly enrolledAgo?: number;
};

/** A phone enrolled for one seller at one location. Every voucher gets its next number. */
export const openPhone = async (
  book: Book,
  location: string,
  seller: string,
  { client: given, behind = 0, enrolledAgo = 0 }: PhoneOptions = {},
) => {
  const { clock } = book;
  const client = given ?? (await clientAt(book, location));
  const terminal = await daysAgo(clock, enrolledAgo, () => enrol(book, location, seller));
  const shown = (at: number) => new Date(at - behind).toISOString();
  const measured = behind !== 0 && { clock: { skew: behind, within: 0 } };
  let serial = 0;
  const times = new Set<number>();
  const nextTime = (): number => {
    let time = Date.parse(clock.now());
    while (times.has(time)) time += 1;
    times.add(time);
    return time;
  };
  /** Uses up the next number. */
  const number = (kind: string, at = Date.parse(clock.now())): string =>
    numberAt({ now: () => instantOf(at - behind) }, terminal, kind, ++serial);
  const live = ({ number, claim }: Written, more: object = {}) =>
    client.recordVoucher({ path: { location, number }, body: { ...claim, ...measured, ...more } as never });
  return {
    location,
    terminal,
    client,
    number,
    live,
    /** The voucher of an event at that time, by the phone's clock. By default no time twice. */
    write: (fields: VoucherFields, at = nextTime()): Written => {
      const claim = { occurredAt: shown(at), by: 'S001', previous: null, ...withUnits(fields) };
      return { number: number(fields.kind, at), claim };
    },
    /**
     * Tries again while Bahi is busy, as phones do. 200 then means that an earlier try recorded it.
     */
    insist: async (written: Written, more?: object) => {
      let answer = await live(written, more);
      while (answer.status === 503) answer = await live(written, more);
      return answer;
    },
    sync: (vouchers: readonly Written[]) =>
      client.syncVouchers({ path: { location }, body: { vouchers: vouchers.map((one) => ({ ...measured, ...one })) } }),
    /** `send` again is the same request. `send(other)` sends another body under the same number. */
    next: (body: Body) => {
      const path = { location, number: number(body.kind) };
      return { path, send: (other: Body = body) => client.recordVoucher({ path, body: other }) };
    },
  };
};
export type Phone = Awaited<ReturnType<typeof openPhone>>;

/** Signed in for a stall, a depot or a workshop. */
export const clientAt = (book: Book, location: string): Promise<Client> => {
  if (/^P\d+$/.test(location)) return book.as('producer', `producer:${location}`);
  return book.as(/D\d$/.test(location) ? 'depot' : 'outlet', `location:${location}`);
};

/** A depot measures bamboo in kg too, so a live voucher states its unit. */
const withUnits = (fields: VoucherFields): VoucherFields => {
  if (fields.kind === 'V' || fields.kind === 'S' || !Array.isArray(fields.lines)) return fields;
  const lines = fields.lines.map((line: { item?: string; quantity?: unknown }) =>
    /^PBT-(BAMBOO|CANE)/.test(line.item ?? '') && typeof line.quantity === 'number' && line.quantity > 0
      ? { ...line, quantity: `${line.quantity} gram` }
      : line,
  );
  return { ...fields, lines };
};
