import { hash } from 'node:crypto';
import * as z from 'zod';
import type { LocationId } from '../kernel/ids.ts';
import { toCanonicalJson } from '../kernel/json.ts';
import { type Day, instantOf, millisecondsOf } from '../kernel/time.ts';
import { partsOf, type VoucherNumber, voucherNumberOf } from '../kernel/voucher-number.ts';
import { FACT_COLUMNS } from './bill-facts.ts';
import { CHALLAN_COLUMNS } from './challan-facts.ts';
import { kindOf, type ValidClaim, Voucher, type VoucherClaim } from './voucher.ts';
import { isLedgerKind, VOUCHER_KINDS } from './voucher-kinds.ts';

/**
 * Lines are lists, because names cost storage: a sale of 3 lines takes under 1 KB. `recordedBy`
 * separates our own lost answer from another caller's repeat.
 */
const StoredVoucher = z.object({
  daybook: z.string(),
  entry: z.string(),
  seller: z.string(),
  occurredAt: z.number(),
  recordedAt: z.number(),
  recordedBy: z.string(),
  enteredBy: z.string(),
  goodsInHand: z.boolean().optional(),
  asked: z.boolean().optional(),
  confirmed: z.boolean().optional(),
  approved: z.boolean().optional(),
  captured: z.boolean().optional(),
  skew: z.number().optional(),
  within: z.number().optional(),
  absorbed: z.array(z.string()).optional(),
  strangers: z.array(z.string()).optional(),
  claimHash: z.instanceof(Uint8Array),
  /** Without kind, time and lines. */
  claim: z.record(z.string(), z.unknown()),
  /** In the order of the kind's `lineColumns`. */
  lines: z.array(z.array(z.union([z.string(), z.number(), z.null()]))).optional(),
  total: z.number().optional(),
  /** The outcome of every kind but a sale; absent if empty. */
  outcome: z.record(z.string(), z.unknown()).optional(),
  /** For an issue and its reversal: the passbook, then season and time. */
  producer: z.string().optional(),
  drawnAt: z.string().optional(),
});

type StoredVoucher = z.infer<typeof StoredVoucher>;
type StoredLine = NonNullable<StoredVoucher['lines']>[number];

export const claimHashOf = (claim: VoucherClaim): Uint8Array<ArrayBuffer> =>
  new Uint8Array(hash('sha256', toCanonicalJson(claim), 'buffer'));

export const toVoucherItem = (voucher: Voucher, recordedBy: string): StoredVoucher => {
  const { claim, outcome, admission } = voucher;
  const { kind: _kind, occurredAt, ...rest } = claim;
  const claimFields: Record<string, unknown> = { ...rest };
  delete claimFields.lines;
  return {
    ...ledgerKey(voucher.location, voucher.number),
    seller: voucher.seller,
    occurredAt: millisecondsOf(occurredAt),
    recordedAt: millisecondsOf(voucher.recordedAt),
    recordedBy,
    enteredBy: voucher.enteredBy,
    ...(admission.way === 'captured' ? { captured: true } : admission.goodsInHand && { goodsInHand: true }),
    ...(admission.way === 'live' && admission.asked && { asked: true }),
    ...(admission.way === 'live' && admission.confirmed && { confirmed: true }),
    ...(admission.way === 'captured' && admission.approved && { approved: true }),
    ...(admission.skew && { skew: admission.skew }),
    ...(admission.within !== undefined && { within: admission.within }),
    ...(voucher.absorbed && { absorbed: voucher.absorbed }),
    ...(voucher.strangers && { strangers: voucher.strangers }),
    claimHash: claimHashOf(claim),
    claim: claimFields,
    ...('lines' in claim && { lines: packLines(claim, outcome) }),
    ...('producer' in outcome &&
      outcome.producer && {
        producer: outcome.producer,
        drawnAt: `${outcome.season}#${occurredAt}#${voucher.number}`,
      }),
    ...storedOutcomeOf(outcome),
  };
};

/** Lines hold the tax, and the facts of each line that a bill or a challan shows. */
const storedOutcomeOf = (outcome: Voucher['outcome']) => {
  if ('challanFacts' in outcome && outcome.challanFacts) {
    const { challanFacts, ...rest } = outcome;
    const { lines: _lines, ...challan } = challanFacts;
    return { outcome: { ...rest, challan } };
  }
  if (!('total' in outcome)) return Object.keys(outcome).length > 0 ? { outcome } : {};
  const { total, tax: _tax, billFacts, ...rest } = outcome;
  const beside = { ...rest, ...(billFacts && { seller: billFacts.seller }) };
  return { total, ...(Object.keys(beside).length > 0 && { outcome: beside }) };
};

/** `cgst` is half of the tax, or all of it where IGST is due. */
const TAX_COLUMNS: readonly string[] = ['gstBasisPoints', 'taxable', 'cgst'];

const packLines = (claim: Extract<ValidClaim, { lines: unknown }>, outcome: Voucher['outcome']): StoredLine[] => {
  const { lineColumns = [] } = kindOf(claim);
  return claim.lines.map((line, at) => {
    const tax = 'total' in outcome ? outcome.tax[at] : undefined;
    if (claim.kind === 'S' && !tax) throw new Error('a sale has the tax of each line');
    const facts = sealedFactsOf(outcome)?.lines[at];
    const values = new Map<string, string | number | undefined>(Object.entries({ ...line, ...tax, ...facts }));
    if (tax?.igst !== undefined) values.set('cgst', tax.igst);
    return trimAbsentEnd(lineColumns.map((column) => values.get(column)));
  });
};

const sealedFactsOf = (outcome: Voucher['outcome']) => {
  if ('total' in outcome) return outcome.billFacts;
  return 'challanFacts' in outcome ? outcome.challanFacts : undefined;
};

const isTaxColumn = (column: string): boolean => TAX_COLUMNS.includes(column);

/** Absent values are `null`, and left out at the end. */
const trimAbsentEnd = (places: readonly (string | number | undefined)[]): StoredLine =>
  places.slice(0, places.findLastIndex((place) => place !== undefined) + 1).map((place) => place ?? null);

/** Throws if the stored item does not parse. */
export const toVoucher = (item: unknown): Voucher => {
  const stored = StoredVoucher.parse(item);
  const { location, number } = parseLedgerKey(stored);
  const { kind } = partsOf(number);
  if (!isLedgerKind(kind)) throw new Error(`a day book holds ${number}`);
  const { lineColumns = [] } = kindOf({ kind });
  const lines = stored.lines?.map((line) => unpackLine(lineColumns, line));
  return Voucher.parse({
    number,
    location,
    seller: stored.seller,
    claim: { kind, occurredAt: instantOf(stored.occurredAt), ...stored.claim, ...(lines && { lines }) },
    admission: {
      ...(stored.captured ? { way: 'captured' } : { way: 'live', goodsInHand: stored.goodsInHand ?? false }),
      ...(stored.asked && { asked: true }),
      ...(stored.confirmed && { confirmed: true }),
      ...(stored.approved && { approved: true }),
      ...(stored.skew !== undefined && { skew: stored.skew }),
      ...(stored.within !== undefined && { within: stored.within }),
    },
    outcome:
      stored.total === undefined
        ? unpackOutcome(stored.outcome, stored.lines ?? [])
        : unpackSale(stored.outcome, stored.total, stored.lines ?? []),
    ...(stored.absorbed && { absorbed: stored.absorbed }),
    ...(stored.strangers && { strangers: stored.strangers }),
    recordedAt: instantOf(stored.recordedAt),
    enteredBy: stored.enteredBy,
  });
};

const unpackOutcome = ({ challan, ...beside }: Record<string, unknown> = {}, lines: readonly StoredLine[]) => ({
  ...beside,
  ...(challan !== undefined && {
    challanFacts: { ...(challan as object), lines: lines.map((line) => unpackFacts('D', CHALLAN_COLUMNS, line)) },
  }),
});

const unpackSale = (
  { seller, ...beside }: Record<string, unknown> = {},
  total: number,
  lines: readonly StoredLine[],
) => ({
  ...beside,
  total,
  tax: lines.map((line) => unpackTax(line, beside.placeOfSupply !== undefined)),
  ...(seller !== undefined && {
    billFacts: { seller, lines: lines.map((line) => unpackFacts('S', FACT_COLUMNS, line)) },
  }),
});

const unpackFacts = (kind: 'S' | 'D', facts: readonly string[], line: StoredLine) =>
  Object.fromEntries(
    VOUCHER_KINDS[kind].lineColumns.flatMap((column, at) =>
      facts.includes(column) && (line[at] ?? null) !== null ? [[column, line[at]]] : [],
    ),
  );

const isFactColumn = (column: string): boolean => FACT_COLUMNS.some((fact) => fact === column);

const unpackLine = (columns: readonly string[], line: StoredLine): Record<string, unknown> =>
  Object.fromEntries(
    columns
      .map((column, at) => [column, line[at]] as const)
      .filter(
        ([column, value]) => !isTaxColumn(column) && !isFactColumn(column) && value !== null && value !== undefined,
      ),
  );

const unpackTax = ([, , , , gstBasisPoints, taxable, tax]: StoredLine, isInterState: boolean) => ({
  gstBasisPoints,
  taxable,
  cgst: isInterState ? 0 : tax,
  sgst: isInterState ? 0 : tax,
  ...(isInterState && { igst: tax }),
});

export const identityOf = (item: unknown) => StoredVoucher.pick({ claimHash: true, recordedBy: true }).parse(item);

/** Example: `LKO-01#2026-11-22`, `S#7KQ2M#0001`. */
export const ledgerKey = (location: LocationId, number: VoucherNumber) => {
  const { terminal, kind, day, serial } = partsOf(number);
  return { daybook: daybookOf(location, day), entry: `${kind}#${terminal}#${serial}` };
};

export const returnedQuantityKey = (location: LocationId, number: VoucherNumber) => {
  const { entry } = ledgerKey(location, number);
  return { daybook: returnedQuantityDaybook(location, partsOf(number).day), entry };
};

export const returnedQuantityDaybook = (location: LocationId, day: Day): string => `${daybookOf(location, day)}#back`;

export const daybookOf = (location: LocationId, day: Day): string => `${location}#${day}`;

export const parseLedgerKey = ({ daybook, entry }: { daybook: string; entry: string }) => {
  const [location, day] = daybook.split('#') as [LocationId, Day];
  const [kind, terminal, serial] = entry.split('#') as [
    ReturnType<typeof partsOf>['kind'],
    ReturnType<typeof partsOf>['terminal'],
    string,
  ];
  return { location, number: voucherNumberOf({ terminal, kind, day, serial }) };
};
