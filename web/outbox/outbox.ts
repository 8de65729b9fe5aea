import { signal } from '@preact/signals';
import { type DeviceClock, deviceClockAt, nextVoucherTime } from '../../shared/kernel/device-clock.ts';
import type { StaffId, TerminalCode } from '../../shared/kernel/ids.ts';
import { type Day, dayOf, instantOf } from '../../shared/kernel/time.ts';
import {
  partsOf,
  type VoucherKindCode,
  type VoucherNumber,
  voucherNumberOf,
} from '../../shared/kernel/voucher-number.ts';
import type { LedgerKind } from '../../shared/ledger/voucher-kind.ts';
import { database, type PhoneTerminal, type PhoneVoucher, type Settings, type VoucherState } from './database.ts';

/** All of a claim but its header, which is drawn here. */
type VoucherDraft = { readonly kind: LedgerKind; readonly [field: string]: unknown };

/** Vouchers that the server does not have yet, oldest first. */
export const unsent = signal<readonly PhoneVoucher[]>([]);

/** Rises when any tab changes a voucher. */
export const changes = signal(0);

const channel = new BroadcastChannel('bahi-outbox');

export const refreshOutbox = async (): Promise<void> => {
  const db = await database();
  const waiting = await Promise.all(WAITING.map((state) => db.getAllFromIndex('vouchers', 'state', state)));
  unsent.value = waiting.flat().sort((one, other) => one.capturedAt - other.capturedAt);
  changes.value += 1;
};
channel.onmessage = () => void refreshOutbox();

const WAITING: readonly VoucherState[] = ['unsent', 'refused'];

const isWaiting = ({ state }: PhoneVoucher): boolean => WAITING.includes(state);

const announceChange = async (): Promise<void> => {
  channel.postMessage('changed');
  await refreshOutbox();
};

/** One voucher to store. */
export type Entry = { readonly terminal: TerminalCode; readonly draft: VoucherDraft };

/**
 * A draft that ends with the voucher, such as the bill of a sale: `id` must still be the stored
 * one.
 */
export type Ended = { readonly setting: 'bill' | 'count'; readonly id: string };

export class DraftGoneError extends Error {}

/** A hand-over waits until the server has everything. */
export class UnsentError extends Error {
  readonly count: number;
  constructor(count: number) {
    super(`${count} vouchers are not sent yet.`);
    this.count = count;
  }
}

/**
 * Draws the terminals' next numbers and stores the vouchers, in one transaction: two tabs never
 * draw the same number, a page that is killed has either everything or nothing, and a draft ends
 * exactly once. Nothing but IndexedDB is awaited inside, since Chromium would commit.
 */
export const capture = async (
  entries: readonly Entry[],
  by: StaffId,
  ended?: Ended,
  now = Date.now(),
): Promise<PhoneVoucher[]> => {
  const work = (await database()).transaction(['vouchers', 'terminals', 'settings'], 'readwrite', {
    durability: 'strict',
  });
  const [vouchers, terminals, settings] = [
    work.objectStore('vouchers'),
    work.objectStore('terminals'),
    work.objectStore('settings'),
  ];
  const finished = work.done.catch(() => 'the caller hears of the error that aborted it');
  try {
    if (ended) {
      const stored = (await settings.get(ended.setting)) as { readonly id?: string } | undefined;
      if (stored?.id !== ended.id) throw new DraftGoneError(`The ${ended.setting} was saved already.`);
      await settings.delete(ended.setting);
    }
    if (entries.some(({ draft }) => draft.kind === 'H')) {
      const counts = await Promise.all(WAITING.map((state) => vouchers.index('state').count(state)));
      const count = counts.reduce((sum, one) => sum + one, 0);
      if (count > 0) throw new UnsentError(count);
    }
    const measured = (await settings.get('clock')) as Settings['clock'] | undefined;
    let after = (await settings.get('after')) as number | undefined;
    let latest = (await settings.get('latest')) as number | undefined;
    const captured: PhoneVoucher[] = [];
    for (const { terminal, draft } of entries) {
      const own = await terminals.get(terminal);
      if (!own) throw new Error(`Terminal ${terminal} is not enrolled on this phone.`);
      if (own.endedBy) throw new Error(`Terminal ${terminal} was handed over by ${own.endedBy}.`);
      const at = nextVoucherTime(now, latest);
      const clock = deviceClockAt(measured, at, after);
      const { voucher, next } = draw(own, draft, { by, at, clock });
      await vouchers.add(voucher);
      await terminals.put(next);
      for (const one of handedOverBy(draft)) {
        const ended = await terminals.get(one);
        if (ended) await terminals.put({ ...ended, endedBy: voucher.number });
      }
      latest = at;
      after = at + (clock?.skew ?? 0);
      captured.push(voucher);
    }
    await settings.put(after, 'after');
    await settings.put(latest, 'latest');
    await work.done;
    await announceChange();
    return captured;
  } catch (error) {
    abort(work);
    await finished;
    throw error;
  }
};

const handedOverBy = ({ kind, terminals }: VoucherDraft): string[] =>
  kind === 'H' ? (terminals as readonly { readonly terminal: string }[]).map(({ terminal }) => terminal) : [];

const abort = (work: { abort(): void }): void => {
  try {
    work.abort();
  } catch {
    // The transaction has already ended.
  }
};

type Drawing = {
  readonly by: StaffId;
  readonly at: number;
  readonly clock: DeviceClock | undefined;
};

const draw = (
  own: PhoneTerminal,
  { kind, ...fields }: VoucherDraft,
  { by, at, clock }: Drawing,
): { readonly voucher: PhoneVoucher; readonly next: PhoneTerminal } => {
  const number = nextNumber(own, kind, at);
  const { day, serial } = partsOf(number);
  const voucher: PhoneVoucher = {
    number,
    day,
    location: own.location,
    capturedAt: at,
    state: 'unsent',
    attempts: 0,
    claim: { kind, occurredAt: instantOf(at), by, previous: own.previous, ...fields },
    ...(clock && { clock }),
  };
  const next = { ...own, last: { ...own.last, [`${kind}${day}`]: Number(serial) }, previous: number };
  return { voucher, next };
};

/** The number that a voucher would get now, after `before` others. */
export const nextNumber = (
  { terminal, last }: Pick<PhoneTerminal, 'terminal' | 'last'>,
  kind: LedgerKind | 'Q',
  now: number,
  before = 0,
): VoucherNumber => {
  const day = dayOf(instantOf(now));
  const serial = (last[`${kind}${day}`] ?? 0) + 1 + before;
  return voucherNumberOf({ terminal, kind, day, serial: String(serial).padStart(4, '0') });
};

/** The last number of each kind but `except`, so that the server finds what did not come. */
export const lastNumbersOf = (
  { terminal, last }: Pick<PhoneTerminal, 'terminal' | 'last'>,
  except: VoucherKindCode,
): VoucherNumber[] => {
  const numbers = Object.entries(last)
    .map(([series, serial]) =>
      voucherNumberOf({
        terminal,
        kind: series[0] as VoucherKindCode,
        day: series.slice(1) as Day,
        serial: String(serial).padStart(4, '0'),
      }),
    )
    .filter((number) => partsOf(number).kind !== except)
    .sort();
  return [...new Map(numbers.map((number) => [partsOf(number).kind, number])).values()];
};

/** Keeps what is final: an answer that comes late never makes a recorded voucher unsent again. */
export const settleVoucher = async (
  number: string,
  answer: Pick<PhoneVoucher, 'state'> & Partial<Pick<PhoneVoucher, 'problem' | 'outcome' | 'sameReference'>>,
): Promise<void> => {
  const work = (await database()).transaction('vouchers', 'readwrite', { durability: 'strict' });
  const stored = await work.store.get(number);
  if (stored && isWaiting(stored)) {
    const { problem: _earlier, ...rest } = stored;
    const sent = answer.state !== 'unsent' && answer.state !== 'refused' && { sentAt: Date.now() };
    await work.store.put({ ...rest, ...answer, attempts: stored.attempts + 1, ...sent });
  }
  await work.done;
  await announceChange();
};

const KEPT_DAYS = 40;

/** Only vouchers that the server has, and that are too old for a return by memory. */
export const forgetOldVouchers = async (now = Date.now()): Promise<void> => {
  const before = dayOf(instantOf(now - KEPT_DAYS * 86_400_000));
  const work = (await database()).transaction('vouchers', 'readwrite');
  for await (const cursor of work.store.index('day').iterate(IDBKeyRange.upperBound(before)))
    if (!isWaiting(cursor.value)) await cursor.delete();
  await work.done;
};

export const vouchersOfDay = async (day: string): Promise<PhoneVoucher[]> => {
  const all = await (await database()).getAllFromIndex('vouchers', 'day', day);
  return all.sort((one, other) => other.capturedAt - one.capturedAt);
};

export const vouchersOfToday = (): Promise<PhoneVoucher[]> => vouchersOfDay(dayOf(instantOf(Date.now())));

/** The server lacks them, whatever it said before. */
export const sendAgain = async (numbers: readonly string[]): Promise<void> => {
  const work = (await database()).transaction('vouchers', 'readwrite', { durability: 'strict' });
  for (const number of numbers) {
    const stored = await work.store.get(number);
    if (stored && stored.state !== 'held') await work.store.put({ ...stored, state: 'unsent' });
  }
  await work.done;
  await announceChange();
};

export const findVoucher = async (number: string): Promise<PhoneVoucher | undefined> =>
  (await database()).get('vouchers', number);
