import { signal } from '@preact/signals';
import { createPhoneKey } from '../../shared/api/phone-key.ts';
import { partsOf } from '../../shared/kernel/voucher-number.ts';
import { api, hasToken, renewToken, useToken } from '../app/api.ts';
import { database, type PhoneVoucher } from './database.ts';
import { refreshOutbox, settleVoucher, unsent } from './outbox.ts';

/** `signed out`: the server wants a sign-in first. `far`: no answer came. */
export type Link = 'idle' | 'sending' | 'far' | 'signed out';

export const link = signal<Link>('idle');

const LOCK = 'bahi-outbox';
const LONGEST_PAUSE_SECONDS = 60;

let failures = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Sends what waits, one voucher at a time, in one tab at a time. One that fails does not stop the
 * others: the least tried goes first. Safe to call at any moment.
 */
export const sendAll = async (): Promise<void> => {
  clearTimeout(timer);
  await refreshOutbox();
  if (unsent.value.length === 0) return;
  if (!hasToken()) await renewToken();
  await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    link.value = 'sending';
    link.value = await sendEach();
  });
  failures = link.value === 'far' ? failures + 1 : 0;
  if (unsent.value.some(({ state }) => state === 'unsent') && link.value !== 'signed out') retryLater();
};

const retryLater = (): void => {
  const seconds = Math.min(LONGEST_PAUSE_SECONDS, 2 ** Math.min(failures, 6));
  timer = setTimeout(sendAll, seconds * 1000);
};

const sendEach = async (): Promise<Link> => {
  const queue = [...unsent.value].sort(
    (one, other) => one.attempts - other.attempts || one.capturedAt - other.capturedAt,
  );
  let silent = 0;
  for (const voucher of queue) {
    const result = await sendOne(voucher);
    if (result === 'signed out') return result;
    silent = result === 'far' ? silent + 1 : 0;
    // One voucher may fail by itself; two in a row mean that the link is gone.
    if (silent === 2) return 'far';
  }
  return silent > 0 ? 'far' : 'idle';
};

/** As the server takes it. Signed at sending: inside the transaction a key cannot be awaited. */
export const syncBodyOf = async ({ number, location, claim, clock }: PhoneVoucher) => ({
  number,
  claim,
  ...(clock && { clock }),
  proof: await proofOf({ number, location, claim }),
});

const sendOne = async (voucher: PhoneVoucher): Promise<Link> => {
  const { number, location } = voucher;
  const body = await syncBodyOf(voucher);
  const answer = await api.syncVouchers({ path: { location }, body: { vouchers: [body] } }).catch(() => undefined);
  if (!answer) {
    await settleVoucher(number, { state: 'unsent' });
    return 'far';
  }
  if (!answer.ok) return settleProblem(number, answer.problem);
  const [outcome] = answer.body.outcomes;
  switch (outcome?.outcome) {
    case 'recorded':
    case 'repeated':
      await settleVoucher(number, {
        state: outcome.outcome,
        outcome: outcome.voucher.outcome,
        ...(outcome.sameReference && { sameReference: outcome.sameReference }),
      });
      return 'idle';
    case 'held':
    case 'refused':
      await settleVoucher(number, { state: outcome.outcome, problem: problemIn(outcome.problem) });
      return 'idle';
    default:
      await settleVoucher(number, { state: 'unsent' });
      return 'idle';
  }
};

/** The whole request failed. Its voucher stays. */
const settleProblem = async (number: string, problem: { code: string; detail: string }): Promise<Link> => {
  if (problem.code === 'UNAUTHENTICATED') {
    useToken(undefined);
    return 'signed out';
  }
  const isBusy = problem.code === 'BUSY' || problem.code === 'INTERNAL';
  await settleVoucher(number, { state: isBusy ? 'unsent' : 'refused', problem: problemIn(problem) });
  return isBusy ? 'far' : 'idle';
};

const problemIn = ({ code, detail }: { readonly code: string; readonly detail: string }) => ({ code, detail });

const proofOf = async ({ number, location, claim }: Pick<PhoneVoucher, 'number' | 'location' | 'claim'>) => {
  const own = await (await database()).get('terminals', partsOf(number).terminal);
  if (!own) throw new Error(`The key of ${number} is not on this phone.`);
  return (await createPhoneKey(own.keys)).prove(location, number, claim);
};

/** Sends now, whenever the link returns, and when the app is opened again. */
export const startSending = (): void => {
  addEventListener('online', () => void sendAll());
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void sendAll());
  void sendAll();
};
