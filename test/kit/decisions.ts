import fc from 'fast-check';
import { ProducerId, StockLocationId } from '../../shared/kernel/ids.ts';
import { Paise, sumOf } from '../../shared/kernel/quantity.ts';
import { isRefusal, type Refusal } from '../../shared/kernel/refusal.ts';
import { type Day, dayOf } from '../../shared/kernel/time.ts';
import type { VoucherSequence } from '../../shared/kernel/voucher-number.ts';
import type { Admission } from '../../shared/ledger/admission.ts';
import type { Decision, DecisionContext } from '../../shared/ledger/decision.ts';
import type { Adjustment } from '../../shared/ledger/kinds/adjustment.ts';
import type { Receipt } from '../../shared/ledger/kinds/receipt.ts';
import { Sale } from '../../shared/ledger/kinds/sale-claim.ts';
import { claimLinesOf, decideClaim, type VoucherClaim, type VoucherOutcome } from '../../shared/ledger/voucher.ts';
import { amountOf, CLAIMS, catalogues, claims, items, sellerIds } from './arbitraries.ts';

/** A claim and all that a decision about it needs. */
export type DecisionCase = {
  readonly claim: VoucherClaim;
  readonly admission: Extract<Admission, { way: 'live' }>;
  readonly context: DecisionContext;
};

const registrations = fc.constantFrom('regular' as const, 'composition' as const, 'unregistered' as const);
const producers = fc.constantFrom(new Set<ProducerId>(), new Set([ProducerId.parse('P0042')]));
const admissions = fc.boolean().map((goodsInHand) => ({ way: 'live' as const, goodsInHand }));

const casesOf = (about: fc.Arbitrary<VoucherClaim>): fc.Arbitrary<DecisionCase> =>
  fc.record({
    claim: about,
    admission: admissions,
    context: fc.record({
      seller: sellerIds,
      location: fc.constant(StockLocationId.parse('LKO-01')),
      registration: registrations,
      items: catalogues,
      producers,
      depotRows: fc.constant(undefined),
    }),
  });

/** Any claim that can be parsed, before any registry: most are refused for something. */
export const anyClaim = casesOf(claims);
export const anySale = casesOf(CLAIMS.S) as fc.Arbitrary<DecisionCase & { claim: Sale }>;

/** Nothing is wrong with it: every item is the seller's and was priced in time, payments add up. */
const honest = (about: fc.Arbitrary<VoucherClaim>): fc.Arbitrary<DecisionCase> =>
  fc.record({ deciding: casesOf(about), item: items }).map(({ deciding: { claim, admission, context }, item }) => {
    if (!('lines' in claim)) return { claim, admission, context };
    const day = dayOf(claim.occurredAt);
    const money = claim.lines.map((line) => ('unitPrice' in line ? line.unitPrice : 0));
    const price = Paise.parse(Math.max(1_000, ...money));
    const standing = { from: '2000-01-01' as Day, price, mrp: price, gstBasisPoints: 500, floor: Paise.parse(0) };
    const later = item.prices.filter(({ from }) => from > day);
    const ours = { ...item, seller: context.seller, prices: [...later, standing] };
    return {
      claim: claim.kind === 'S' ? paidUp(claim) : claim,
      admission,
      context: {
        ...context,
        items: new Map(claim.lines.map((line) => [line.item, ours])),
        producers: new Set([ProducerId.parse('P0042')]),
      },
    };
  });

const paidUp = (claim: Sale): Sale => {
  const sum = sumOf(claim.lines.map(amountOf));
  const roundOff = Math.max(claim.roundOff ?? 0, -sum);
  return Sale.parse({ ...claim, roundOff, payments: [{ tender: 'cash', amount: sum + roundOff }] });
};

export const honestSales = honest(CLAIMS.S) as fc.Arbitrary<DecisionCase & { claim: Sale }>;
export const honestReceipts = honest(CLAIMS.R) as fc.Arbitrary<DecisionCase & { claim: Receipt }>;
export const honestAdjustments = honest(CLAIMS.A) as fc.Arbitrary<DecisionCase & { claim: Adjustment }>;
export const honestClaims = honest(claims);

export const decideCase = ({ claim, ...given }: DecisionCase): Decision<VoucherOutcome> | Refusal =>
  decideClaim(claim, {
    ...given,
    entryDetails: { at: claim.occurredAt, by: 'someone' },
    sequence: `${claim.occurredAt}#7KQ2MS2611220001` as VoucherSequence,
  });

/** Throws if the claim is refused. */
export const decideAccepted = (given: DecisionCase): Decision<VoucherOutcome> => {
  const decision = decideCase(given);
  if (isRefusal(decision)) throw new Error(`refused: ${JSON.stringify(decision)}`);
  return decision;
};

/** The sum of a claim's lines by item. */
export const quantities = (claim: VoucherClaim): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const { item, quantity } of claimLinesOf(claim)) sums[item] = (sums[item] ?? 0) + Number(quantity);
  return sums;
};
