import { type DistrictId, isProducer, type LocationId, type StockLocationId } from '../../kernel/ids.ts';
import { partsOf } from '../../kernel/voucher-number.ts';
import type { StaffAssignment } from '../../ledger/decision.ts';
import { isStaffOf } from '../../ledger/staff-check.ts';
import type { Voucher } from '../../ledger/voucher.ts';
import type { AlertSource, ExceptionAlert, ExceptionAlertKey } from '../exception-alert.ts';
import { partsOfStaffDay, type StaffDay, staffDayOf } from '../staff-day.ts';

const MOST_NAMED = 20;

type Marked = Pick<Voucher, 'location' | 'number' | 'strangers'>;

/** The alerts that these vouchers may open, each once: one per location, day and person who is not staff there. */
export const strangerKeysOf = (vouchers: readonly Marked[]): readonly ExceptionAlertKey[] => {
  const keys = vouchers.flatMap(({ location, number, strangers = [] }) =>
    isProducer(location)
      ? []
      : strangers.map(
          (person) => ({ location, type: 'stranger', about: staffDayOf(person, partsOf(number).day) }) as const,
        ),
  );
  return [...new Map(keys.map((key) => [`${key.location} ${key.about}`, key])).values()];
};

type Found = {
  readonly location: StockLocationId;
  readonly about: StaffDay;
  /** All vouchers of the location's day. */
  readonly vouchers: readonly Marked[];
  /** The person's entry in the registry as it is now, and its version; 0 where there is none. */
  readonly staff: { readonly entry: StaffAssignment | undefined; readonly version: number };
  readonly district: DistrictId | undefined;
};

/**
 * Offline vouchers of one day that name a person who was not on the location's staff list when they were recorded. No cause once the
 * person is on the list. Vouchers are only added and entries only change forward, so that their numbers together are a version.
 */
export const strangerSource = ({ location, about, vouchers, staff, district }: Found): AlertSource | undefined => {
  const { person, day } = partsOfStaffDay(about);
  const numbers = vouchers.filter(({ strangers }) => strangers?.includes(person)).map(({ number }) => number);
  if (numbers.length === 0) return undefined;
  return {
    ...{ location, type: 'stranger', about, sourceVersion: numbers.length + staff.version },
    figures: { person, day, vouchers: numbers.toSorted().slice(0, MOST_NAMED), many: numbers.length },
    cause: !(staff.entry && isStaffOf(staff.entry, location as LocationId, district)),
  };
};

/** Only another voucher opens it again: not that the person moves on to another location later. */
export const isNoNews = (stored: ExceptionAlert, seen: AlertSource): boolean =>
  stored.type === 'stranger' &&
  seen.type === 'stranger' &&
  stored.state === 'resolved' &&
  seen.figures.many <= stored.figures.many;
