import type { ItemId, SellerId } from '../../shared/kernel/ids.ts';
import type { LedgerKind } from '../../shared/ledger/voucher-kind.ts';
import type { PhoneTerminal } from '../outbox/database.ts';
import type { Entry } from '../outbox/outbox.ts';
import { MAX_LINES, slices } from './bill.ts';

export type VoucherEntries = {
  readonly entries: readonly Entry[];
  /** Sellers for whom this phone has no terminal. */
  readonly unable: readonly SellerId[];
  /** Items whose seller this phone does not know. */
  readonly sellerless: readonly ItemId[];
};

export type CommonClaim = { readonly kind: LedgerKind; readonly [field: string]: unknown };

export type ClaimLine = { readonly item: ItemId; readonly [field: string]: unknown };

type SellerBasis = {
  /** This phone's terminals at its location. */
  readonly terminals: readonly Pick<PhoneTerminal, 'terminal' | 'seller'>[];
  /** `undefined`: the phone does not know the item. */
  readonly sellerOfItem: (item: ItemId) => SellerId | undefined;
  /** The seller of the document that is answered. */
  readonly sellerOfDocument?: SellerId | undefined;
};

/**
 * One voucher per seller and 40 lines, each on that seller's terminal. No line is left out: if one
 * has no terminal or no seller, the result names it. An item that the phone does not know has the
 * seller of the document, else the only one that the phone bills for.
 */
export const entriesBySeller = (
  lines: readonly ClaimLine[],
  common: CommonClaim,
  { terminals, sellerOfItem, sellerOfDocument }: SellerBasis,
): VoucherEntries => {
  const [only, ...others] = terminals;
  const presumed = sellerOfDocument ?? (others.length === 0 ? only?.seller : undefined);
  const bySeller = [...Map.groupBy(lines, ({ item }) => sellerOfItem(item) ?? presumed)].map(([seller, own]) => ({
    seller,
    own,
    terminal: terminals.find((one) => one.seller === seller)?.terminal,
  }));
  return {
    unable: bySeller.flatMap(({ seller, terminal }) => (seller && !terminal ? [seller] : [])),
    sellerless: bySeller.flatMap(({ seller, own }) => (seller ? [] : own.map(({ item }) => item))),
    entries: bySeller.flatMap(({ own, terminal }) =>
      terminal ? slices(own, MAX_LINES).map((part) => ({ terminal, draft: { ...common, lines: part } })) : [],
    ),
  };
};

export const isComplete = ({ unable, sellerless }: VoucherEntries): boolean =>
  unable.length === 0 && sellerless.length === 0;
