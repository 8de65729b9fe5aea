import * as z from 'zod';
import { DepotId, ItemId, LocationId, ProducerId } from '../ids.ts';
import { Quantity, Version } from '../quantity.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { Day, Instant } from '../time.ts';
import { header, itemAndMeasure, linesOf, Words } from '../vouchers/claim.ts';
import { VoucherNumber } from '../vouchers/number.ts';
import { Season } from './season.ts';

/** What an artisan, their group, or the depot's counter for them, asks for. */
export const RequestClaim = z.strictObject({
  kind: z.literal('Q'),
  ...header,
  depot: z.string().pipe(DepotId).pipe(LocationId),
  neededBy: Day,
  lines: linesOf(z.strictObject(itemAndMeasure)),
});
export type RequestClaim = z.infer<typeof RequestClaim>;

export const REQUEST_STATES = ['submitted', 'approved', 'issued', 'rejected', 'cancelled'] as const;
export const RequestState = z.enum(REQUEST_STATES);
export type RequestState = z.infer<typeof RequestState>;

/** What may be done to a request, in which states, and what state it comes to. Docs and tests are drawn from this. */
export const REQUEST_MOVES = {
  approve: { from: ['submitted'], to: 'approved' },
  reject: { from: ['submitted'], to: 'rejected' },
  cancel: { from: ['submitted', 'approved'], to: 'cancelled' },
  issue: { from: ['approved', 'issued'], to: 'issued' },
} as const satisfies Record<string, { readonly from: readonly RequestState[]; readonly to: RequestState }>;
export type RequestMove = keyof typeof REQUEST_MOVES;
export const REQUEST_MOVE_NAMES = Object.keys(REQUEST_MOVES) as RequestMove[];

const Amount = z.int().min(0).brand('Amount');

/** In base units. What is reserved is what was approved and not yet issued. */
export const RequestLine = z.strictObject({ item: ItemId, asked: Quantity, approved: Amount, issued: Amount });
export type RequestLine = z.infer<typeof RequestLine>;

/** Who did what, when and why. */
export const RequestChange = z.strictObject({
  did: z.enum(['submit', ...REQUEST_MOVE_NAMES]),
  at: Instant,
  by: z.string(),
  why: Words.optional(),
  voucher: VoucherNumber.optional(),
});

/** `via`: from whose phone it came; by the counter's, `card` if the producer proved with card and PIN to stand there. */
export const MaterialRequest = z.strictObject({
  request: VoucherNumber,
  producer: ProducerId,
  depot: LocationId,
  season: Season,
  via: z.enum(['own', 'group', 'counter', 'card']),
  neededBy: Day,
  lines: z.array(RequestLine),
  state: RequestState,
  submittedAt: Instant,
  history: z.array(RequestChange),
  version: Version,
});
export type MaterialRequest = z.infer<typeof MaterialRequest>;

/** Who does it, when, why, and under which voucher. */
export type Doing = {
  readonly at: Instant;
  readonly by: string;
  readonly why?: string | undefined;
  readonly voucher?: VoucherNumber;
};

/** The request after a move, with what it changes in its lines; or why the move may not be made now. */
export const moved = (
  request: MaterialRequest,
  did: RequestMove,
  doing: Doing,
  lines: readonly RequestLine[] = request.lines,
): MaterialRequest | Refusal => {
  const { from, to }: { from: readonly RequestState[]; to: RequestState } = REQUEST_MOVES[did];
  if (!from.includes(request.state))
    return refuse('REQUEST_STATE', `The request is ${request.state}; to ${did} it, it must be ${from.join(' or ')}.`, {
      state: request.state,
    });
  return {
    ...request,
    lines: [...lines],
    state: to,
    history: [...request.history, { did, ...doing }],
    version: (request.version + 1) as Version,
  };
};

export const reservedIn = ({ approved, issued }: RequestLine): number => approved - issued;
