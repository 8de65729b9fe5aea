import type { Role } from '../kernel/access.ts';
import { isProducer, type LocationId, stockLocationKind } from '../kernel/ids.ts';
import { partsOf, type VoucherKindCode, type VoucherNumber } from '../kernel/voucher-number.ts';
import { adjustment } from './kinds/adjustment.ts';
import { count } from './kinds/count.ts';
import { dispatch } from './kinds/dispatch.ts';
import { handOver } from './kinds/hand-over.ts';
import { issue } from './kinds/issue.ts';
import { receipt } from './kinds/receipt.ts';
import { reversal } from './kinds/reversal.ts';
import { sale } from './kinds/sale.ts';
import { shift } from './kinds/shift.ts';
import type { ReversalRules } from './reversal-context.ts';
import type { LedgerKind, VoucherKind } from './voucher-kind.ts';

/** The contract, client, documentation and access tests derive from this table. */
export const VOUCHER_KINDS = {
  S: sale,
  V: reversal,
  R: receipt,
  D: dispatch,
  A: adjustment,
  I: issue,
  C: count,
  K: shift,
  H: handOver,
} as const satisfies { readonly [Code in LedgerKind]: { readonly code: Code } };

export type KindRecord = (typeof VOUCHER_KINDS)[LedgerKind];

export const LEDGER_KINDS = Object.keys(VOUCHER_KINDS) as LedgerKind[];

export const isLedgerKind = (kind: VoucherKindCode): kind is LedgerKind => kind in VOUCHER_KINDS;

/** Undefined if a voucher of this number cannot be reversed. */
export const reversalRulesOf = (number: VoucherNumber): ReversalRules | undefined => {
  const { kind } = partsOf(number);
  if (!isLedgerKind(kind)) return undefined;
  const { reversalRules }: Pick<VoucherKind<never, never>, 'code' | 'reversalRules'> = VOUCHER_KINDS[kind];
  return reversalRules;
};

export const mayRecordKind = (kind: LedgerKind, role: Role, location: LocationId): boolean => {
  const {
    roles,
    at,
    fromWorkshop,
  }: Pick<VoucherKind<never, never>, 'roles' | 'at' | 'fromWorkshop'> = VOUCHER_KINDS[kind];
  if (isProducer(location)) return fromWorkshop === true && (role === 'producer' || role === 'admin');
  return roles.includes(role) && (at === undefined || at === stockLocationKind(location));
};

export const allowsGoodsInHand = (kind: LedgerKind): boolean => 'goodsInHand' in VOUCHER_KINDS[kind].body.shape;
