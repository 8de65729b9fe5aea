import { type LocationId, locationKind } from '../../shared/domain/ids.ts';
import type { Recalled } from '../../shared/domain/vouchers/admit-live.ts';
import { namedIn } from '../../shared/domain/vouchers/decide.ts';
import { partsOf, type VoucherNumber } from '../../shared/domain/vouchers/number.ts';
import type { Claim } from '../../shared/domain/vouchers/voucher.ts';
import type { Composition } from '../../shared/runtime/composition.ts';

type Place = { readonly location: LocationId; readonly number: VoucherNumber };

/**
 * All that a decision needs. Of the registry: what is not remembered in one call, and the terminal's seller in one more. At a depot, the
 * stock rows too: lots are taken by what is there.
 */
export const recall = async (
  { location, number }: Place,
  claim: Claim,
  { registry, stock, requests }: Composition,
): Promise<Recalled> => {
  const code = partsOf(number).terminal;
  const named = namedIn(claim);
  await registry.recollect([
    { kind: 'terminals', id: code },
    ...named.items.map((id) => ({ kind: 'items' as const, id })),
    ...named.producers.map((id) => ({ kind: 'producers' as const, id })),
  ]);
  const terminal = (await registry.entry('terminals', code))?.entry;
  const seller = terminal && (await registry.entry('sellers', terminal.seller));
  if (terminal && !seller) throw new Error(`terminal ${code} is for seller ${terminal.seller}, who is not there`);
  const items = await registry.entries('items', named.items);
  const producers = await registry.entries('producers', named.producers);
  return {
    terminal,
    registration: seller?.entry.registration ?? 'unregistered',
    items: new Map([...items].map(([id, { entry }]) => [id, entry])),
    producers: new Set(producers.keys()),
    ...(named.request && { request: await requestAt(location, named.request, requests) }),
    rows: locationKind(location) === 'depots' ? await stock.rows(location, named.items) : undefined,
  };
};

/** A request that another depot was asked for is none here. */
const requestAt = async (location: LocationId, number: VoucherNumber, requests: Composition['requests']) => {
  const request = await requests.find(number);
  return request?.depot === location ? request : undefined;
};
