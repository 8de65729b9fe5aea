import * as z from 'zod';
import { BilingualText } from '../kernel/bilingual-text.ts';
import { claimHeaderFields, FreeText, itemAndMeasure, linesSchema } from '../kernel/claim-fields.ts';
import { DepotId, ItemId, ProducerId, StaffId, StockLocationId } from '../kernel/ids.ts';
import { Quantity, Version } from '../kernel/quantity.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { Day, Instant } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { Season } from './season.ts';

/** What an artisan, their group, or the depot's counter for them, asks for. */
export const RequestClaim = z.strictObject({
  kind: z.literal('Q'),
  ...claimHeaderFields,
  depot: z.string().pipe(DepotId).pipe(StockLocationId),
  neededBy: Day,
  lines: linesSchema(z.strictObject(itemAndMeasure)),
});
export type RequestClaim = z.infer<typeof RequestClaim>;

export const REQUEST_STATES = [
  'submitted',
  'approved',
  'issued',
  'received',
  'rejected',
  'cancelled',
  'lapsed',
] as const;

export const RequestState = z.enum(REQUEST_STATES);
export type RequestState = z.infer<typeof RequestState>;

/**
 * What may be done to a request, and from which state it comes to which. Docs and tests are drawn from this. People approve, reject,
 * cancel, issue and confirm. Jobs `allocate` what is short, or let it `wait`; let `lapse` what nobody collects, or could not be served
 * in time; and where less is there than is reserved, `reduce` it, or `requeue` what lost everything. What is approved stays reserved until
 * it is issued or one of these.
 */
export const REQUEST_TRANSITIONS = {
  approve: { submitted: 'approved' },
  allocate: { submitted: 'approved' },
  wait: { submitted: 'submitted' },
  reject: { submitted: 'rejected' },
  cancel: { submitted: 'cancelled', approved: 'cancelled' },
  issue: { approved: 'issued', issued: 'issued', received: 'issued' },
  confirm: { issued: 'received' },
  lapse: { submitted: 'lapsed', approved: 'lapsed', issued: 'issued', received: 'received' },
  reduce: { approved: 'approved', issued: 'issued', received: 'received' },
  requeue: { approved: 'submitted' },
  takeBack: { issued: 'issued', received: 'received' },
  undo: { issued: 'approved', received: 'approved' },
  askAnew: { issued: 'submitted', received: 'submitted' },
} as const satisfies Record<string, Partial<Record<RequestState, RequestState>>>;

export type RequestTransition = keyof typeof REQUEST_TRANSITIONS;

export const REQUEST_TRANSITION_NAMES = Object.keys(REQUEST_TRANSITIONS) as RequestTransition[];

const BaseUnits = z.int().min(0).brand('Amount');

/** In base units. What is reserved is what is approved and not yet issued; what is given back is no longer approved. */
export const RequestLine = z.strictObject({ item: ItemId, asked: Quantity, approved: BaseUnits, issued: BaseUnits });
export type RequestLine = z.infer<typeof RequestLine>;

/** How receipt was proved: by the code that only the producer sees, by their card and PIN, or by a signature on paper at the depot. */
export const CONFIRMATION_PROOFS = ['code', 'card', 'signature'] as const;

/** Who did what, when and why. `lines`: what it reserved or gave back of each item. `run`: the day of the allocation it came from. */
export const RequestChange = z.strictObject({
  did: z.enum(['submit', ...REQUEST_TRANSITION_NAMES]),
  at: Instant,
  by: z.string(),
  why: FreeText.optional(),
  voucher: VoucherNumber.optional(),
  /** The member of staff at the depot; `by` is the account that entered it. */
  staff: StaffId.optional(),
  /** Of what was asked: a quantity that is not plausible was confirmed. */
  confirmed: z.literal(true).optional(),
  /** An issue all of which came back. */
  undoes: VoucherNumber.optional(),
  proof: z.enum(CONFIRMATION_PROOFS).optional(),
  /** Of a confirmation by signature: who entered it, by account or as `staff`, also issued what it confirms. */
  byIssuer: z.literal(true).optional(),
  run: Day.optional(),
  lines: z.array(z.strictObject({ item: ItemId, quantity: z.int() })).optional(),
  told: BilingualText.optional(),
});
export type RequestChange = z.infer<typeof RequestChange>;

/** `via`: from whose phone it came; by the counter's, `card` if the producer proved with card and PIN to stand there. */
export const MaterialRequest = z.strictObject({
  request: VoucherNumber,
  producer: ProducerId,
  depot: StockLocationId,
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

/** Who does it, when, why, under which voucher; and what else is kept of it. */
export type TransitionDetails = Pick<RequestChange, 'at' | 'by'> & {
  readonly [Part in
    | 'why'
    | 'voucher'
    | 'staff'
    | 'undoes'
    | 'proof'
    | 'byIssuer'
    | 'run'
    | 'told']?: RequestChange[Part];
};

/** The request after a move; or why the move may not be made now. `by`: what is reserved more of each item, or below zero given back. */
export const applyTransition = (
  request: MaterialRequest,
  did: RequestTransition,
  doing: TransitionDetails,
  by: ReadonlyMap<ItemId, number> = new Map(),
): MaterialRequest | Refusal => {
  const to = transitionsOf(did).get(request.state);
  if (!to) {
    const from = [...transitionsOf(did).keys()].join(' or ');
    return refuse('REQUEST_STATE', `The request is ${request.state}; to ${did} it, it must be ${from}.`, {
      state: request.state,
    });
  }
  const lines = [...by].filter(([, quantity]) => quantity !== 0).map(([item, quantity]) => ({ item, quantity }));
  return {
    ...request,
    lines: request.lines.map((line) => ({
      ...line,
      approved: (line.approved + (by.get(line.item) ?? 0)) as RequestLine['approved'],
    })),
    state: to,
    history: [...historyBefore(request.history, did), { did, ...doing, ...(lines.length > 0 && { lines }) }],
    version: (request.version + 1) as Version,
  };
};

export const transitionsOf = (did: RequestTransition): ReadonlyMap<RequestState, RequestState> =>
  new Map(Object.entries(REQUEST_TRANSITIONS[did]) as [RequestState, RequestState][]);

/** Of waiting day after day, the last is enough. */
const historyBefore = (history: readonly RequestChange[], did: RequestTransition): readonly RequestChange[] =>
  did === 'wait' && history.at(-1)?.did === 'wait' ? history.slice(0, -1) : history;

export const reservedQuantityOf = ({ approved, issued }: RequestLine): number => approved - issued;

/** What is reserved of each item, where anything is. */
export const reservedQuantitiesOf = ({ lines }: Pick<MaterialRequest, 'lines'>): ReadonlyMap<ItemId, number> =>
  new Map(lines.filter((line) => reservedQuantityOf(line) > 0).map((line) => [line.item, reservedQuantityOf(line)]));

/** The last time one of these was done to it. */
export const lastTransitionAt = (
  { history }: Pick<MaterialRequest, 'history'>,
  ...moves: readonly RequestTransition[]
) => history.findLast(({ did }) => did !== 'submit' && moves.includes(did))?.at;

/** A depot's queue has three parts: requests with a reservation, requests that wait, and issues that nobody confirmed. */
export const QUEUE_PARTS = ['reserved', 'waiting', 'unconfirmed'] as const;
export type QueuePart = (typeof QUEUE_PARTS)[number];
