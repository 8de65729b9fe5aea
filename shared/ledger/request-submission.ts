import type { Role } from '../kernel/access.ts';
import {
  type ItemId,
  isProducer,
  type ProducerId,
  type SellerId,
  type StaffId,
  type StockLocationId,
} from '../kernel/ids.ts';
import type { FieldProblem } from '../kernel/problems.ts';
import { Quantity } from '../kernel/quantity.ts';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.ts';
import { dayOf, farDayProblem, type Instant } from '../kernel/time.ts';
import { partsOf, type VoucherNumber } from '../kernel/voucher-number.ts';
import { seasonOf } from '../materials/entitlement-account.ts';
import type { MaterialRequest, RequestClaim, RequestLine } from '../materials/material-request.ts';
import type { Depot, Producer, Terminal } from '../registry/entries.ts';
import { endedEntries, refuseEndedEntries } from '../registry/entry-status.ts';
import type { Item } from '../registry/item.ts';
import { sellersAt } from '../registry/location-sellers.ts';
import type { Seller } from '../registry/seller.ts';
import { refuseClock, refuseNumberMismatch, refuseRevoked, refuseUnproven } from './admit-live.ts';
import { toBaseUnitLines } from './base-unit-lines.ts';
import type { StaffAssignment } from './decision.ts';
import { refuseRequestSlips } from './entry-errors.ts';
import { lineQuantities } from './line-quantities.ts';
import { implausibleRequested } from './plausibility.ts';
import { refuseStranger } from './staff-check.ts';

/** A request is for this season. */
const MAX_DAYS_AHEAD = 366;

export type RequestDecisionInput = {
  readonly number: VoucherNumber;
  readonly producer: ProducerId;
  readonly claim: RequestClaim;
  readonly enteredBy: string;
  readonly role: Role;
  readonly now: Instant;
  /** Implausible figures were checked again. */
  readonly confirmed: boolean;
  readonly isProven: boolean;
  /** Unknown ids are absent. */
  readonly context: {
    readonly terminal: Terminal | undefined;
    readonly producer: Producer | undefined;
    readonly depot: Depot | undefined;
    readonly items: ReadonlyMap<ItemId, Item>;
    readonly sellers?: ReadonlyMap<SellerId, Seller>;
    readonly staff: ReadonlyMap<StaffId, StaffAssignment>;
    readonly materials: ReadonlySet<ItemId>;
  };
};

/** It reserves nothing yet. */
export const decideRequestSubmission = ({
  number,
  producer,
  claim,
  enteredBy,
  role,
  now,
  confirmed,
  isProven,
  context,
}: RequestDecisionInput): MaterialRequest | Refusal => {
  const { items, materials, depot } = context;
  if (!context.producer) return refuse('PRODUCER_UNKNOWN', `The registry has no producer ${producer}.`);
  const ended = refuseEndedEntries(
    endedEntries(claim.occurredAt, {
      producer: [[producer, context.producer]],
      ...(depot && { location: [[claim.depot, depot]] }),
      items: [...items],
      seller: [...(context.sellers ?? [])],
    }),
  );
  if (ended) return ended;
  const via = viaOf(number, producer, claim.depot, context);
  if (typeof via !== 'string') return via;
  if (!ROLES_BY_VIA[via].includes(role))
    return refuse('TERMINAL_ELSEWHERE', `A caller of role ${role} may not use this terminal.`);
  const early = refuseUnproven(number, isProven) ?? refuseNumberMismatch(number, claim) ?? refuseClock(claim, now);
  if (early) return early;
  // Depot staff use only the counter.
  const stranger =
    via === 'counter' && refuseStranger(claim.by, { ...context, location: claim.depot, district: depot?.district });
  if (stranger) return stranger;

  const today = dayOf(now);
  if (claim.neededBy < today) {
    const fields = [{ path: 'neededBy', problem: `is before today, ${today}` }];
    return refuse('INVALID_REQUEST', 'The day when the material is needed is over.', { fields });
  }
  const far = farDayProblem(claim.neededBy, today, MAX_DAYS_AHEAD);
  if (far)
    return refuse('INVALID_REQUEST', 'A date is too far ahead.', { fields: [{ path: 'neededBy', problem: far }] });
  const unknown = itemProblems(claim, ({ item }) => (items.has(item) ? undefined : `no item ${item}`));
  if (unknown.length > 0) return refuse('ITEM_UNKNOWN', 'The registry has no such item.', { fields: unknown });
  const others = itemProblems(claim, ({ item }) => {
    if (!materials.has(item)) return `${item} is a product, not a material`;
    return depot && sellersAt(depot, claim.occurredAt).some((seller) => seller === items.get(item)?.seller)
      ? undefined
      : `${claim.depot} does not keep ${item}`;
  });
  if (others.length > 0)
    return refuse('NOT_A_MATERIAL', `${claim.depot} does not issue this item.`, { fields: others });
  const stated = lineQuantities(claim.lines);
  const here = { items, location: claim.depot, ...(depot && { locationEntry: depot }) };
  const implausible = implausibleRequested(stated, here);
  const slip = refuseRequestSlips(stated, here, confirmed);
  if (slip) return slip;
  const measured = toBaseUnitLines(claim.lines, { items });
  if (isRefusal(measured)) return measured;
  const lines = requestLinesOf(measured.lines);
  const most = Quantity.maxValue ?? 0;
  const tooMuch = itemProblems(claim, ({ item }) => {
    const asked = lines.find((line) => line.item === item)?.asked ?? 0;
    return asked <= most ? undefined : `${asked} of ${item} in all; the most is ${most}`;
  });
  if (tooMuch.length > 0)
    return refuse('QUANTITY_NOT_WHOLE', 'The quantity of an item is too large.', { fields: tooMuch });

  return {
    request: number,
    producer,
    depot: claim.depot,
    season: seasonOf(partsOf(number).day),
    via,
    neededBy: claim.neededBy,
    lines,
    state: 'submitted',
    submittedAt: claim.occurredAt,
    history: [
      {
        did: 'submit',
        at: now,
        by: enteredBy,
        ...(via === 'counter' && { staff: claim.by }),
        ...(implausible.length > 0 && { confirmed: true }),
      },
    ],
    version: 1 as MaterialRequest['version'],
  };
};

/** A terminal's code is public, so the role must match its owner. */
const ROLES_BY_VIA: Readonly<Record<MaterialRequest['via'], readonly Role[]>> = {
  own: ['producer', 'admin'],
  group: ['producer', 'admin'],
  counter: ['depot', 'admin'],
  card: ['depot', 'admin'],
};

const viaOf = (
  number: VoucherNumber,
  producer: ProducerId,
  depot: StockLocationId,
  { terminal, producer: entry }: RequestDecisionInput['context'],
): MaterialRequest['via'] | Refusal => {
  const code = partsOf(number).terminal;
  if (!terminal) return refuse('TERMINAL_UNKNOWN', `No terminal ${code} is enrolled.`);
  if (terminal.revoked) return refuseRevoked(number, terminal.revoked.at);
  if (terminal.location === producer) return 'own';
  if (isProducer(terminal.location) && terminal.location === entry?.group) return 'group';
  if (terminal.location === depot) return 'counter';
  return refuse('TERMINAL_ELSEWHERE', `Terminal ${code} is neither ${producer}'s, nor their group's, nor ${depot}'s.`);
};

type RequestItem = { readonly item: ItemId };

const itemProblems = ({ lines }: RequestClaim, problem: (line: RequestItem) => string | undefined): FieldProblem[] =>
  lines.flatMap((line, at) => {
    const says = problem(line);
    return says === undefined ? [] : [{ path: `lines.${at}.item`, problem: says }];
  });

/** Stock and passbook have one row per item. */
const requestLinesOf = (lines: readonly { readonly item: ItemId; readonly quantity: number }[]): RequestLine[] =>
  [...Map.groupBy(lines, ({ item }) => item)].map(([item, same]) => ({
    item,
    asked: same.reduce((sum, { quantity }) => sum + quantity, 0) as RequestLine['asked'],
    approved: 0 as RequestLine['approved'],
    issued: 0 as RequestLine['issued'],
  }));
