import * as z from 'zod';
import { claimHeaderFields, FreeText, itemAndMeasure, linesSchema } from '../kernel/claim-fields.ts';
import { DepotId, ItemId, ProducerId, StaffId, StockLocationId } from '../kernel/ids.ts';
import { Quantity, Version } from '../kernel/quantity.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { Day, Instant } from '../kernel/time.ts';
import { BilingualText } from '../kernel/units.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { Season } from './entitlement-account.ts';

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
 * Docs and tests use this table. Jobs `allocate`, `wait`, `lapse`, `reduce` and `requeue`; people
 * make the others. Approved quantities stay reserved until issued or released.
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

/** Base units. Reserved is approved less issued; a release lowers `approved`. */
export const RequestLine = z.strictObject({ item: ItemId, asked: Quantity, approved: BaseUnits, issued: BaseUnits });
export type RequestLine = z.infer<typeof RequestLine>;

/** The producer's code, their card and PIN, or a signature on paper at the depot. */
export const CONFIRMATION_PROOFS = ['code', 'card', 'signature'] as const;

/** `lines`: quantities reserved, or released if negative. `run`: the allocation's day. */
export const RequestChange = z.strictObject({
  did: z.enum(['submit', ...REQUEST_TRANSITION_NAMES]),
  at: Instant,
  by: z.string(),
  why: FreeText.optional(),
  voucher: VoucherNumber.optional(),
  /** At the depot; `by` is the account. */
  staff: StaffId.optional(),
  /** The author confirmed an implausible quantity. */
  confirmed: z.literal(true).optional(),
  /** The issue that was reversed whole. */
  undoes: VoucherNumber.optional(),
  proof: z.enum(CONFIRMATION_PROOFS).optional(),
  /** The signature's account or staff also issued the goods. */
  byIssuer: z.literal(true).optional(),
  run: Day.optional(),
  lines: z.array(z.strictObject({ item: ItemId, quantity: z.int() })).optional(),
  told: BilingualText.optional(),
});
export type RequestChange = z.infer<typeof RequestChange>;

/** `card`: the depot's phone, with the producer's card and PIN. */
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

/** `by`: quantities reserved per item, negative if released. */
export const applyTransition = (
  request: MaterialRequest,
  did: RequestTransition,
  details: TransitionDetails,
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
    history: [...historyBefore(request.history, did), { did, ...details, ...(lines.length > 0 && { lines }) }],
    version: (request.version + 1) as Version,
  };
};

export const transitionsOf = (did: RequestTransition): ReadonlyMap<RequestState, RequestState> =>
  new Map(Object.entries(REQUEST_TRANSITIONS[did]) as [RequestState, RequestState][]);

/** The history keeps only the last of several daily waits in a row. */
const historyBefore = (history: readonly RequestChange[], did: RequestTransition): readonly RequestChange[] =>
  did === 'wait' && history.at(-1)?.did === 'wait' ? history.slice(0, -1) : history;

export const reservedQuantityOf = ({ approved, issued }: RequestLine): number => approved - issued;

export const reservedQuantitiesOf = ({ lines }: Pick<MaterialRequest, 'lines'>): ReadonlyMap<ItemId, number> =>
  new Map(lines.filter((line) => reservedQuantityOf(line) > 0).map((line) => [line.item, reservedQuantityOf(line)]));

export const lastTransitionAt = (
  { history }: Pick<MaterialRequest, 'history'>,
  ...transitions: readonly RequestTransition[]
) => history.findLast(({ did }) => did !== 'submit' && transitions.includes(did))?.at;

export const QUEUE_PARTS = ['reserved', 'waiting', 'unconfirmed'] as const;
export type QueuePart = (typeof QUEUE_PARTS)[number];
