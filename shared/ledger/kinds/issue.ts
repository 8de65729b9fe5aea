import * as z from 'zod';
import { claimHeaderFields, itemAndMeasure, linesSchema } from '../../kernel/claim-fields.ts';
import type { FieldProblem } from '../../kernel/problems.ts';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts';
import { VoucherNumber } from '../../kernel/voucher-number.ts';
import { codeExpiryOf } from '../../materials/confirmation.ts';
import {
  applyTransition,
  MaterialRequest,
  type RequestLine,
  reservedQuantityOf,
} from '../../materials/material-request.ts';
import { LotNumber } from '../../stock/lots.ts';
import { sumPerItem } from '../../stock/stock.ts';
import { refuseUnknownItems, toBaseUnitLines } from '../base-unit-lines.ts';
import type { Decide } from '../decision.ts';
import { withdrawLines } from '../lot-changes.ts';
import {
  exampleHeader,
  isClaimOfKind,
  isNumberOfKind,
  itemsOf,
  lineMovements,
  liveFields,
  type VoucherKind,
} from '../voucher-kind.ts';
import { LotOutcome } from './adjustment.ts';

/** Part or all of an approved request. Uses the oldest lot unless a line names one. */
export const Issue = z.strictObject({
  kind: z.literal('I'),
  ...claimHeaderFields,
  request: VoucherNumber,
  lines: linesSchema(z.strictObject({ ...itemAndMeasure, lot: LotNumber.optional() })),
});
export type Issue = z.infer<typeof Issue>;

/** `lots`: traces a flute to its bamboo. `season`: selects the passbook. */
export const IssueOutcome = LotOutcome.extend({
  producer: MaterialRequest.shape.producer,
  season: MaterialRequest.shape.season,
});
export type IssueOutcome = z.infer<typeof IssueOutcome>;

/** Issues at most the reserved quantity. */
export const decideIssue: Decide<Issue, IssueOutcome, 'items' | 'request' | 'depotRows' | 'seller'> = ({
  claim,
  entryDetails,
  context,
  sequence,
}) => {
  const unknown = refuseUnknownItems(claim.lines, context);
  if (unknown) return unknown;
  const { request, depotRows } = context;
  if (!request || !depotRows) return refuse('REQUEST_UNKNOWN', `This depot has no request ${claim.request}.`);
  const measured = toBaseUnitLines(claim.lines, context);
  if (isRefusal(measured)) return measured;

  const next = applyTransition(request, 'issue', { ...entryDetails, staff: claim.by });
  if (isRefusal(next)) return next;
  const issued = issueRequestLines(request, measured.lines);
  if (isRefusal(issued)) return issued;
  const lotted = withdrawLines(measured.lines, depotRows, 'reserved', sequence);
  if (isRefusal(lotted)) return lotted;
  return {
    outcome: { ...measured.outcome, lots: lotted.lots, producer: request.producer, season: request.season },
    stock: lotted.stock,
    request: { ...next, lines: issued },
    accounts: sumPerItem(measured.lines).map(({ item, quantity }) => ({ item, reserved: -quantity, drawn: quantity })),
    code: { until: codeExpiryOf(entryDetails.at) },
  };
};

const issueRequestLines = (
  request: MaterialRequest,
  lines: Parameters<typeof sumPerItem>[0],
): RequestLine[] | Refusal => {
  const sums = new Map(sumPerItem(lines).map(({ item, quantity }) => [item, quantity]));
  const fields: FieldProblem[] = lines.flatMap(({ item }, at) => {
    const line = request.lines.find((one) => one.item === item);
    const reserved = line ? reservedQuantityOf(line) : 0;
    const wanted = sums.get(item) ?? 0;
    return wanted <= reserved
      ? []
      : [{ path: `lines.${at}.quantity`, problem: `${reserved} of ${item} are reserved, not ${wanted}` }];
  });
  if (fields.length > 0) return refuse('RESERVED_EXCEEDED', 'An issue must not exceed what is reserved.', { fields });
  return request.lines.map((line) => ({
    ...line,
    issued: (line.issued + (sums.get(line.item) ?? 0)) as RequestLine['issued'],
  }));
};

export const issue = {
  code: 'I',
  name: 'issue of material',
  method: 'issueMaterial',
  roles: ['depot', 'admin'],
  claim: Issue,
  outcome: IssueOutcome,
  body: Issue.extend(liveFields),
  errors: [
    'UNIT_NEEDED',
    'QUANTITY_NOT_WHOLE',
    'LOT_WRONG',
    'REQUEST_UNKNOWN',
    'REQUEST_STATE',
    'RESERVED_EXCEEDED',
    'INSUFFICIENT_STOCK',
  ],
  example: {
    kind: 'I',
    ...exampleHeader,
    request: '7KQ2MQ2611210001',
    lines: [{ item: 'PBT-BAMBOO', quantity: '40 kg' }],
  },
  references: ({ lines, request }) => ({ items: itemsOf(lines), producers: [], request }),
  lineRules: { plausible: { outlets: 1, depots: 40, producers: 1 }, measured: 'every item' },
  statedLines: ({ lines }) => lines,
  decide: decideIssue,
  stockMovement: ({ lines }, { quantities }) => lineMovements(lines, quantities, -1),
  figures: (onHand) => ({ issued: -onHand }),
  reversalRules: {
    goods: 'come back',
    mayWriteOff: true,
    figures: (quantity, onHand) => ({ issued: -quantity, writtenOff: quantity - onHand }),
  },
  lineColumns: ['item', 'quantity', 'lot'],
} as const satisfies VoucherKind<Issue, IssueOutcome>;

export const isIssue = isClaimOfKind(issue.code);
export const isIssueNumber = isNumberOfKind(issue.code);
