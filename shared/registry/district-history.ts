import * as z from 'zod';
import { DistrictId } from '../kernel/ids.ts';
import { addDays, type Day, Instant, startOfIstDay } from '../kernel/time.ts';

/** An earlier district, and the instant when it changed. */
export const EarlierDistrict = z.strictObject({ district: DistrictId, until: Instant });
export type EarlierDistrict = z.infer<typeof EarlierDistrict>;

type EntryWithDistricts = {
  readonly entry: object;
  readonly earlierDistricts?: readonly EarlierDistrict[] | undefined;
};

const districtOf = (entry: object): DistrictId | undefined =>
  'district' in entry ? DistrictId.parse(entry.district) : undefined;

export const nextEarlierDistricts = (
  stored: EntryWithDistricts | undefined,
  entry: object,
  now: Instant,
): EarlierDistrict[] => {
  const history = stored?.earlierDistricts ?? [];
  const oldDistrict = stored && districtOf(stored.entry);
  const newDistrict = districtOf(entry);
  return oldDistrict === undefined || oldDistrict === newDistrict
    ? [...history]
    : [...history, { district: oldDistrict, until: now }];
};

/** The district at the IST midnight that ends the day. */
export const districtOn = (
  { entry, earlierDistricts = [] }: EntryWithDistricts & { readonly entry: { readonly district: DistrictId } },
  day: Day,
): DistrictId => {
  const end = startOfIstDay(addDays(day, 1));
  return earlierDistricts.find(({ until }) => until > end)?.district ?? entry.district;
};

export const hasBeenInDistrict = (
  { entry, earlierDistricts = [] }: EntryWithDistricts & { readonly entry: { readonly district: DistrictId } },
  district: DistrictId,
): boolean => entry.district === district || earlierDistricts.some((earlier) => earlier.district === district);
