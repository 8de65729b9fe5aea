import { createPhoneKey } from '../../shared/api/phone-key.ts';
import type { ProducerId, StaffId, StockLocationId } from '../../shared/kernel/ids.ts';
import { type Day, instantOf } from '../../shared/kernel/time.ts';
import type { Measure } from '../../shared/kernel/units.ts';
import { partsOf, type VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import { type ApiProblem, api } from '../app/api.ts';
import { database, type PhoneTerminal } from '../outbox/database.ts';
import { nextNumber } from '../outbox/outbox.ts';

export type RequestDraft = {
  readonly producer: ProducerId;
  readonly by: StaffId;
  readonly depot: StockLocationId;
  readonly neededBy: Day;
  readonly lines: readonly { readonly item: string; readonly quantity: Measure }[];
  /** Not part of the claim: the author checked an implausible quantity. */
  readonly confirmed?: true;
};

/** Numbered and stored before it is sent: a lost answer is repaired by sending the same again. */
export type PendingRequest = RequestDraft & {
  readonly number: VoucherNumber;
  readonly occurredAt: string;
  readonly previous: VoucherNumber | null;
};

const keyOf = (producer: ProducerId): string => `pending request ${producer}`;

export const pendingRequest = async (producer: ProducerId): Promise<PendingRequest | undefined> =>
  (await (await database()).get('settings', keyOf(producer))) as PendingRequest | undefined;

/** Draws the terminal's next number and stores the request, in one transaction. */
export const numberRequest = async (
  { terminal }: Pick<PhoneTerminal, 'terminal'>,
  { producer, by, depot, neededBy, lines, confirmed }: RequestDraft,
): Promise<PendingRequest> => {
  const work = (await database()).transaction(['terminals', 'settings'], 'readwrite', { durability: 'strict' });
  const own = await work.objectStore('terminals').get(terminal);
  if (!own) throw new Error(`Terminal ${terminal} is not enrolled on this phone.`);
  const now = Date.now();
  const number = nextNumber(own, 'Q', now);
  const { day, serial } = partsOf(number);
  const draft = { producer, by, depot, neededBy, lines, ...(confirmed && { confirmed }) };
  const pending = { ...draft, number, occurredAt: instantOf(now), previous: own.previous };
  await work
    .objectStore('terminals')
    .put({ ...own, last: { ...own.last, [`Q${day}`]: Number(serial) }, previous: number });
  await work.objectStore('settings').put(pending, keyOf(producer));
  await work.done;
  return pending;
};

/** `far`: it may have arrived, so it stays to be sent again. Any other end removes it. */
export const sendRequest = async (
  { number, producer, confirmed, ...rest }: PendingRequest,
  card?: { readonly number: string; readonly pin: string },
): Promise<MaterialRequest | ApiProblem | 'far'> => {
  const own = await (await database()).get('terminals', partsOf(number).terminal);
  if (!own) throw new Error(`The key of ${number} is not on this phone.`);
  const claim = { kind: 'Q' as const, ...rest, lines: [...rest.lines] };
  const proof = await (await createPhoneKey(own.keys)).prove(producer, number, claim);
  const body = { ...claim, proof, ...(confirmed && { confirmed }), ...(card && { card }) };
  const answer = await api.submitRequest({ path: { producer, number }, body }).catch(() => undefined);
  if (!answer || (!answer.ok && TEMPORARY.includes(answer.problem.code))) return 'far';
  await (await database()).delete('settings', keyOf(producer));
  return answer.ok ? answer.body : answer.problem;
};

const TEMPORARY = ['BUSY', 'INTERNAL', 'UNAUTHENTICATED'];

/** In the QR code of an artisan's phone. */
export const confirmationQrText = (request: string, code: string): string => `${request} ${code}`;

/** `undefined`: not of this request. */
export const confirmationCodeIn = (text: string, request: string): string | undefined =>
  new RegExp(`^${request} (\\d{6})$`).exec(text)?.[1];
