import { signal } from '@preact/signals';
import type { StockLocationId } from '../../shared/kernel/ids.ts';
import type { QueuedRequest } from '../../shared/materials/depot-request-contract.ts';
import type { QueuePart } from '../../shared/materials/material-request.ts';
import { type ApiProblem, api, hasToken } from '../app/api.ts';
import { readItems, readName } from '../materials/known.ts';
import { database } from '../outbox/database.ts';

/** Parts of the queue as known last. `at`: phone time of the answer; 0: never. */
export type KnownQueue = { readonly at: number; readonly requests: readonly QueuedRequest[]; readonly cursor?: string };

const NOTHING: KnownQueue = { at: 0, requests: [] };

export const part = signal<QueuePart>('waiting');
const queues = signal<Readonly<Partial<Record<QueuePart, KnownQueue>>>>({});

export const queueOf = (one: QueuePart): KnownQueue => queues.value[one] ?? NOTHING;

/** As the queue knew it; without `canServe` it was opened from elsewhere. */
export const queued = (number: string): QueuedRequest | undefined =>
  Object.values(queues.value)
    .flatMap((known) => known?.requests ?? [])
    .find(({ request }) => request === number);

const keyOf = (depot: StockLocationId, one: QueuePart): string => `queue ${depot} ${one}`;

/** From this phone, then from the server; with `more`, its next page. */
export const readQueue = async (
  depot: StockLocationId,
  one: QueuePart,
  more = false,
): Promise<ApiProblem | 'far' | undefined> => {
  const db = await database();
  if (!queues.value[one]) {
    const stored = (await db.get('settings', keyOf(depot, one))) as KnownQueue | undefined;
    if (stored) keep(one, stored);
    await Promise.all((stored?.requests ?? []).map(({ producer }) => readName(producer)));
  }
  if (!hasToken()) return 'far';
  const { requests: earlier, cursor } = queueOf(one);
  const query = { part: one, ...(more && cursor && { cursor }) };
  const answer = await api.listRequests({ path: { depot }, query }).catch(() => undefined);
  if (!answer?.ok) return answer?.problem ?? 'far';
  const { requests: fresh, cursor: next } = answer.body;
  const requests = more ? [...earlier, ...fresh.filter((each) => !earlier.some(isSameAs(each)))] : fresh;
  const known = { at: Date.now(), requests, ...(next && { cursor: next }) };
  keep(one, known);
  await db.put('settings', known, keyOf(depot, one));
  await readItems(requests.flatMap(({ lines }) => lines.map(({ item }) => item)));
  await Promise.all(fresh.map(({ producer }) => readName(producer)));
  return undefined;
};

const isSameAs =
  ({ request }: QueuedRequest) =>
  (other: QueuedRequest): boolean =>
    other.request === request;

const keep = (one: QueuePart, known: KnownQueue): void => {
  queues.value = { ...queues.value, [one]: known };
};
