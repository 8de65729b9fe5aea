import type * as z from 'zod';
import type { DeviceClock } from '../kernel/device-clock.ts';
import type { LedgerKind } from '../ledger/voucher-kind.ts';
import { LEDGER_KINDS, VOUCHER_KINDS } from '../ledger/voucher-kinds.ts';

type ClaimInputs = { [Kind in LedgerKind]: z.input<(typeof VOUCHER_KINDS)[Kind]['claim']> };

type KindRequest<Kind extends LedgerKind> = {
  readonly path: { readonly location: string; readonly number: string };
  readonly body: Omit<ClaimInputs[Kind], 'kind'> & {
    readonly clock?: z.input<typeof DeviceClock> | undefined;
  } & (Kind extends 'S' | 'A' | 'D' ? { readonly goodsInHand?: boolean } : unknown);
};

/** `recordSale`, `receiveGoods`, … */
export type KindMethods<Answer> = {
  [Kind in LedgerKind as (typeof VOUCHER_KINDS)[Kind]['method']]: (request: KindRequest<Kind>) => Promise<Answer>;
};

type KindMethodRequest = { readonly path: Record<string, string>; readonly body: object };

export const kindMethods = (
  record: (request: KindMethodRequest) => unknown,
): Record<string, (request: KindMethodRequest) => unknown> =>
  Object.fromEntries(
    LEDGER_KINDS.map((kind) => [
      VOUCHER_KINDS[kind].method,
      ({ path, body }: KindMethodRequest) => record({ path, body: { kind, ...body } }),
    ]),
  );
