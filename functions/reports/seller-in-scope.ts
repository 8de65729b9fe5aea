import { type Caller, canReach } from '../../shared/kernel/access.ts';
import type { SellerId } from '../../shared/kernel/ids.ts';
import { type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import type { Seller } from '../../shared/registry/entries.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

export type SellerInScopeDeps = { readonly registry: RegistryStore };

/** A seller's figures are for the officers of its district, and of the state. */
export const sellerInScope = async (
  caller: Caller,
  seller: SellerId,
  { registry }: SellerInScopeDeps,
): Promise<Seller | Refusal> => {
  const entry = (await registry.entriesNow('sellers', [seller])).get(seller)?.entry;
  if (!entry) return refuse('NOT_FOUND', `There is no seller ${seller}.`);
  const { district } = entry;
  if (await canReach(caller, { kind: 'district', district }, async () => undefined)) return entry;
  return refuse('FORBIDDEN', `The seller ${seller} is of district ${district}, which is outside the token's scope.`);
};
