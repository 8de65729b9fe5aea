import * as z from 'zod';
import { type DistrictId, isProducer, StaffId, type StockLocationId } from '../../kernel/ids.ts';
import { Day, formatDate } from '../../kernel/time.ts';
import { partsOf, VoucherNumber } from '../../kernel/voucher-number.ts';
import type { StaffAssignment } from '../../ledger/decision.ts';
import { registryTimeOf } from '../../ledger/ended.ts';
import { isStaffOf, staffAt } from '../../ledger/staff-check.ts';
import type { Voucher } from '../../ledger/voucher.ts';
import { exceptionSource, type StateOf, usualSeverity } from '../alert-source.ts';

const MAX_VOUCHERS = 20;

/** One staff member's day: `S-LKO-02-2026-11-22`. */
export const StaffDay = z
  .string()
  .regex(/^[A-Z0-9-]{2,16}-\d{4}-\d{2}-\d{2}$/, 'a day of a member of staff is such as S-LKO-02-2026-11-22')
  .brand('StaffDay');
export type StaffDay = z.infer<typeof StaffDay>;

const staffDayOf = (person: StaffId, day: Day): StaffDay => StaffDay.parse(`${person}-${day}`);

export const partsOfStaffDay = (about: StaffDay) => ({
  person: StaffId.parse(about.slice(0, -11)),
  day: Day.parse(about.slice(-10)),
});

/** `vouchers`: the first 20 of `many`. */
const StrangerEvidence = z.strictObject({
  person: StaffId,
  day: Day,
  vouchers: z.array(VoucherNumber),
  many: z.int().min(0),
});

/**
 * Offline vouchers name a person outside the staff list. A staff entry or an officer's
 * acknowledgement resolves it. Only a further voucher reopens it.
 */
export const stranger = exceptionSource({
  type: 'stranger',
  about: StaffDay,
  evidence: StrangerEvidence,
  severity: usualSeverity('district'),
  smsText: { en: 'not on the staff list', hi: 'अनजान कर्मचारी' },
  render: ({ location, figures: { person, day, vouchers, many } }) => {
    const [first] = vouchers;
    const rest = { en: many > 1 ? `, and ${many - 1} more` : '', hi: many > 1 ? ` और ${many - 1} अन्य` : '' };
    return {
      en: `${person}, who is not on the staff list of ${location}, is named in voucher ${first}${rest.en} of ${formatDate('en-IN', day)}: find out who stood there, then enter them as staff or acknowledge this.`,
      hi: `${formatDate('hi-IN', day)} के वाउचर ${first}${rest.hi} में ${person} का नाम है, जो ${location} की कर्मचारी सूची में नहीं है: पता करें कौन था, फिर सूची में दर्ज करें या इसे स्वीकार करें।`,
    };
  },
  resolvedByOfficer: true,
  staysResolved: (stored, figures) => figures.many <= stored.figures.many,
});

type MarkedVoucher = Pick<Voucher, 'location' | 'number' | 'claim' | 'admission' | 'strangers'>;

type StrangerKey = { readonly location: StockLocationId; readonly type: 'stranger'; readonly about: StaffDay };

/** One alert per location, day and person. */
export const strangerKeysOf = (vouchers: readonly MarkedVoucher[]): readonly StrangerKey[] => {
  const keys = vouchers.flatMap(({ location, number, strangers = [] }) =>
    isProducer(location)
      ? []
      : strangers.map(
          (person) => ({ location, type: 'stranger', about: staffDayOf(person, partsOf(number).day) }) as const,
        ),
  );
  return [...new Map(keys.map((key) => [`${key.location} ${key.about}`, key])).values()];
};

type StrangerFacts = {
  readonly location: StockLocationId;
  readonly about: StaffDay;
  /** All vouchers of the location's day. */
  readonly vouchers: readonly MarkedVoucher[];
  /** `version` is 0 without a registry entry. */
  readonly staff: { readonly entry: StaffAssignment | undefined; readonly version: number };
  readonly district: DistrictId | undefined;
};

/**
 * `undefined` if no voucher names the person. Voucher count and entry version only grow, so their
 * sum is a version.
 */
export const strangerState = ({
  location,
  about,
  vouchers,
  staff,
  district,
}: StrangerFacts): StateOf<typeof stranger> | undefined => {
  const { person, day } = partsOfStaffDay(about);
  const marked = vouchers.filter(({ strangers }) => strangers?.includes(person));
  const numbers = marked.map(({ number }) => number);
  if (numbers.length === 0) return undefined;
  const isStranger = (voucher: MarkedVoucher): boolean => {
    const then = staff.entry && staffAt([[person, { entry: staff.entry }]], registryTimeOf(voucher)).get(person);
    return !then || !isStaffOf(then, location, district);
  };
  return {
    location,
    type: 'stranger',
    about,
    sourceVersion: numbers.length + staff.version,
    figures: { person, day, vouchers: numbers.toSorted().slice(0, MAX_VOUCHERS), many: numbers.length },
    isActive: marked.some(isStranger),
  };
};
