import * as z from 'zod';
import { claimHeaderFields, FreeText } from '../../kernel/claim-fields.ts';
import { SellerId, StaffId, TerminalCode } from '../../kernel/ids.ts';
import {
  findForeignNumbers,
  findMistypedNumbers,
  type HighestRecordedNumbers,
  LastNumbers,
} from '../../kernel/last-numbers.ts';
import type { FieldProblem } from '../../kernel/problems.ts';
import { Paise } from '../../kernel/quantity.ts';
import { type Refusal, refuse } from '../../kernel/refusal.ts';
import { Instant } from '../../kernel/time.ts';
import { timeOfSequence, VoucherNumber } from '../../kernel/voucher-number.ts';
import type { Terminal } from '../../registry/entries.ts';
import { type EnrolmentCode, expiryOf, formatEnrolmentCode } from '../../registry/terminal-key.ts';
import type { Decide, HandOverContext } from '../decision.ts';
import { exampleHeader, isClaimOfKind, liveFields, type VoucherKind } from '../voucher-kind.ts';
import { isCountNumber } from './count.ts';

const areUnique = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

/** Vouchers above the old terminals' declared last numbers are held. */
export const HandOver = z.strictObject({
  kind: z.literal('H'),
  ...claimHeaderFields,
  outgoing: StaffId,
  incoming: StaffId,
  /** A name, or the number of a thumb print or a photo. */
  signed: z.strictObject({ outgoing: FreeText, incoming: FreeText }),
  sheets: z.array(VoucherNumber).max(25).refine(areUnique, 'each sheet once'),
  cash: Paise,
  terminals: z
    .array(z.strictObject({ terminal: TerminalCode, last: LastNumbers }))
    .min(1, 'at least one terminal is handed over')
    .max(10)
    .refine((terminals) => areUnique(terminals.map(({ terminal }) => terminal)), 'each terminal once'),
});
export type HandOver = z.infer<typeof HandOver>;

/** One-time codes for the incoming holder's phones, one per seller. */
export const HandOverOutcome = z.strictObject({
  codes: z.array(z.strictObject({ seller: SellerId, code: z.string() })),
  expiresAt: Instant,
});
export type HandOverOutcome = z.infer<typeof HandOverOutcome>;

/** Version checks make a second hand-over of one terminal fail. */
export const decideHandOver: Decide<HandOver, HandOverOutcome, 'handOver' | 'highestRecorded'> = ({
  claim,
  admission,
  context,
  entryDetails,
  sequence,
}) => {
  const { terminals, recordedSheets, codes: drawn } = context.handOver ?? EMPTY_CONTEXT;
  const isLive = admission.way === 'live';
  const wrong =
    refuseInvalidClaim(claim) ??
    (isLive ? refuseMistypedNumbers(claim, context.highestRecorded) : undefined) ??
    refuseSheets(claim, recordedSheets) ??
    refuseTerminals(claim, terminals);
  if (wrong) return wrong;
  const by = entryDetails.voucher as VoucherNumber;
  const at = timeOfSequence(sequence);
  const ended = claim.terminals.flatMap(({ terminal, last }) => {
    const read = terminals.get(terminal);
    return read ? [{ terminal, version: read.version, entry: { ...read.entry, handedOver: { by, at, last } } }] : [];
  });
  const sellers = [...new Set(ended.map(({ entry }) => entry.seller))];
  const codes = sellers.map((seller, n): EnrolmentCode => ({ seller, code: drawn[n] ?? '' }));
  const expiresAt = expiryOf(entryDetails.at);
  return {
    outcome: { codes: codes.map(({ seller, code }) => ({ seller, code: formatEnrolmentCode(code) })), expiresAt },
    stock: [],
    handOver: { terminals: ended, codes, expiresAt, at: entryDetails.at },
  };
};

const EMPTY_CONTEXT: HandOverContext = { terminals: new Map(), recordedSheets: new Set(), codes: [] };

const refuseInvalidClaim = ({ outgoing, incoming, sheets, terminals }: HandOver): Refusal | undefined => {
  const fields: FieldProblem[] = [
    ...(outgoing === incoming ? [{ path: 'incoming', problem: 'is also the outgoing holder' }] : []),
    ...sheets.flatMap((number, at) =>
      isCountNumber(number) ? [] : [{ path: `sheets.${at}`, problem: 'is not a count sheet' }],
    ),
    ...terminals.flatMap(({ terminal, last }, at) => findForeignNumbers(terminal, last, `terminals.${at}.last`)),
  ];
  return fields.length > 0 ? refuse('INVALID_REQUEST', 'The hand-over is not consistent.', { fields }) : undefined;
};

/** Live, the phone can be checked again. Offline, the numbers stay as stated. */
const refuseMistypedNumbers = (
  { terminals }: HandOver,
  highestRecorded: HighestRecordedNumbers = new Map(),
): Refusal | undefined => {
  const fields = terminals.flatMap(({ last }, at) =>
    findMistypedNumbers(last, highestRecorded, `terminals.${at}.last`),
  );
  return fields.length > 0
    ? refuse('INVALID_REQUEST', 'A declared last number is far above the highest recorded one.', { fields })
    : undefined;
};

const refuseSheets = ({ sheets }: HandOver, found: ReadonlySet<VoucherNumber>): Refusal | undefined => {
  const absent = sheets.filter((number) => !found.has(number));
  if (absent.length === 0) return undefined;
  return refuse('VOUCHER_UNKNOWN', `This stall has no recorded count sheet ${absent.join(', ')}.`);
};

const refuseTerminals = (
  { terminals }: HandOver,
  found: ReadonlyMap<TerminalCode, { readonly entry: Terminal }>,
): Refusal | undefined => {
  const fields = terminals.flatMap(({ terminal }, at) =>
    found.has(terminal) ? [] : [{ path: `terminals.${at}.terminal`, problem: 'is not enrolled here' }],
  );
  if (fields.length > 0) return refuse('REFERENCE_UNKNOWN', 'A terminal is not enrolled at this stall.', { fields });
  const ended = terminals.flatMap(({ terminal }) => {
    const by = found.get(terminal)?.entry.handedOver?.by;
    return by ? [`${terminal} by ${by}`] : [];
  });
  if (ended.length === 0) return undefined;
  return refuse('TERMINAL_HANDED_OVER', `Handed over already: ${ended.join(', ')}.`);
};

export const handOver = {
  code: 'H',
  name: 'hand-over of a stall',
  method: 'handOver',
  roles: ['outlet', 'admin'],
  at: 'outlets',
  claim: HandOver,
  outcome: HandOverOutcome,
  body: HandOver.extend(liveFields),
  errors: ['VOUCHER_UNKNOWN', 'REFERENCE_UNKNOWN'],
  example: {
    kind: 'H',
    ...exampleHeader,
    outgoing: 'S001',
    incoming: 'S002',
    signed: { outgoing: 'Asha Verma', incoming: 'Ravi Kumar' },
    sheets: ['7KQ2MC2611220001'],
    cash: 79800,
    terminals: [{ terminal: '7KQ2M', last: ['7KQ2MS2611220014'] }],
  },
  references: () => ({ items: [], producers: [] }),
  people: ({ outgoing, incoming }) => [
    ['outgoing', outgoing],
    ['incoming', incoming],
  ],
  needs: ({ terminals, sheets }) => ({
    handOver: { terminals: terminals.map(({ terminal }) => terminal), sheets },
  }),
  amounts: {
    plausible: { outlets: 1, depots: 1, producers: 1 },
    of: ({ cash }) => [{ path: 'cash', value: cash }],
  },
  mayFollowEndOf: () => ['location', 'seller'],
  decide: decideHandOver,
  declaredNumbers: ({ terminals }) => terminals.flatMap(({ last }) => last),
} as const satisfies VoucherKind<HandOver, HandOverOutcome>;

export const isHandOver = isClaimOfKind(handOver.code);
