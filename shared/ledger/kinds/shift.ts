import * as z from 'zod';
import { claimHeaderFields, FreeText } from '../../kernel/claim-fields.ts';
import { findForeignNumbers, findMistypedNumbers, LastNumbers } from '../../kernel/last-numbers.ts';
import { Paise } from '../../kernel/quantity.ts';
import { refuse } from '../../kernel/refusal.ts';
import { Sum } from '../../kernel/sum.ts';
import { numberOfSequence, partsOf, VoucherNumber } from '../../kernel/voucher-number.ts';
import type { Decide } from '../decision.ts';
import { refuseUnplacedVoucher, shiftVouchersOf, tillBalanceOf } from '../till.ts';
import { exampleHeader, isClaimOfKind, liveFields, type VoucherKind } from '../voucher-kind.ts';
import { Tender } from './sale-claim.ts';

export const TenderAmounts = z
  .array(z.strictObject({ tender: Tender, amount: Paise }))
  .max(Tender.options.length)
  .refine((tenders) => new Set(tenders.map(({ tender }) => tender)).size === tenders.length, 'each tender once');
export type TenderAmounts = z.infer<typeof TenderAmounts>;

/** `float`: cash at the start. `counted`: in the till now. `last`: the terminal's last numbers. */
export const Shift = z.strictObject({
  kind: z.literal('K'),
  ...claimHeaderFields,
  float: Paise,
  counted: TenderAmounts,
  deposits: z
    .array(z.strictObject({ amount: Paise, reference: FreeText }))
    .max(10)
    .optional(),
  expenses: z
    .array(z.strictObject({ amount: Paise, for: FreeText }))
    .max(20)
    .optional(),
  last: LastNumbers,
});
export type Shift = z.infer<typeof Shift>;

const tenderSum = z.strictObject({ tender: Tender, amount: Sum });

/**
 * `after`: the previous close. `over`: counted beyond expected. Day closes recompute it for late
 * vouchers.
 */
export const ShiftOutcome = z.strictObject({
  after: VoucherNumber.optional(),
  expected: z.array(tenderSum),
  over: z.array(tenderSum),
});
export type ShiftOutcome = z.infer<typeof ShiftOutcome>;

export const decideShift: Decide<Shift, ShiftOutcome, 'highestRecorded' | 'shiftVouchers'> = ({
  claim,
  admission,
  context,
  sequence,
}) => {
  const { terminal } = partsOf(numberOfSequence(sequence));
  const fields = findForeignNumbers(terminal, claim.last, 'last');
  if (fields.length > 0)
    return refuse('NUMBER_MISMATCH', 'The last numbers of a shift must be of its own terminal.', { fields });
  const mistyped =
    admission.way === 'live' ? findMistypedNumbers(claim.last, context.highestRecorded ?? new Map(), 'last') : [];
  if (mistyped.length > 0)
    return refuse('INVALID_REQUEST', 'A declared last number is far above the highest recorded one.', {
      fields: mistyped,
    });
  const { shiftVouchers = [] } = context;
  const close = { number: numberOfSequence(sequence), claim, admission };
  const unplaced = refuseUnplacedVoucher(close, shiftVouchers);
  if (unplaced) return unplaced;
  const { lastClose, vouchers } = shiftVouchersOf(terminal, close, shiftVouchers);
  return { outcome: { ...(lastClose && { after: lastClose.number }), ...tillBalanceOf(claim, vouchers) }, stock: [] };
};

export const shift = {
  code: 'K',
  name: 'close of a shift',
  method: 'closeShift',
  roles: ['outlet', 'depot', 'admin'],
  claim: Shift,
  outcome: ShiftOutcome,
  body: Shift.extend(liveFields),
  errors: [],
  example: {
    kind: 'K',
    ...exampleHeader,
    float: 50000,
    counted: [{ tender: 'cash', amount: 79800 }],
    deposits: [{ amount: 150000, reference: 'SBI slip 118' }],
    last: ['7KQ2MS2611220014'],
  },
  references: () => ({ items: [], producers: [] }),
  needs: () => ({ shiftVouchers: true }),
  amounts: {
    plausible: { outlets: 1, depots: 1, producers: 1 },
    of: (claim) => [
      { path: 'float', value: claim.float },
      ...(['counted', 'deposits', 'expenses'] as const).flatMap((field) =>
        (claim[field] ?? []).map(({ amount }, at) => ({ path: `${field}.${at}.amount`, value: amount })),
      ),
    ],
  },
  mayFollowEndOf: () => ['location', 'seller'],
  decide: decideShift,
  declaredNumbers: ({ last }) => last,
} as const satisfies VoucherKind<Shift, ShiftOutcome>;

export const isShift = isClaimOfKind(shift.code);
