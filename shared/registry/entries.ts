import * as z from 'zod';
import { plainText } from '../kernel/claim-fields.ts';
import {
  ClusterId,
  DepotId,
  DistrictId,
  InstallationId,
  ItemId,
  LocationId,
  ProducerId,
  SellerId,
  StockLocationId,
} from '../kernel/ids.ts';
import { LastNumbers } from '../kernel/last-numbers.ts';
import { Paise, Quantity } from '../kernel/quantity.ts';
import { Day, Instant } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { statusFields } from './entry-status.ts';
import { sellersFields } from './location-sellers.ts';
import { TerminalKey } from './terminal-key.ts';

export const Name = plainText().min(1, 'a name is needed').max(120, 'a name is at most 120 characters');

/** As it is printed and sent in Hindi. */
export const HindiName = Name.refine(
  (name) => /\p{Script=Devanagari}/u.test(name),
  'a Hindi name contains Devanagari letters',
);

/**
 * Percent of a month's confirmations that may be signatures entered by the issuer (docs/adr/0028).
 */
const issuerShare = z.int().min(0).max(100).optional();

/** `issuerShare` applies to depots without their own. */
export const District = z.strictObject({ name: Name, nameHi: HindiName, craft: Name, craftHi: HindiName, issuerShare });
export type District = z.infer<typeof District>;

export const PostalAddress = plainText()
  .min(1, 'an address is needed')
  .max(200, 'an address is at most 200 characters');

/** For challans and e-way bills. Every location is in Uttar Pradesh. */
const addressFields = {
  address: PostalAddress.optional(),
  pinCode: z
    .string()
    .regex(/^2[0-8]\d{4}$/, 'a PIN code of Uttar Pradesh is six digits and begins with 20 to 28')
    .optional(),
};

/** Days of delivery until they are measured. */
const leadDays = z.int().min(1).max(90).optional();

/**
 * `quantityFactor` multiplies a line's plausible quantity; `largestAmount` is paise per bill; above
 * `adjustmentLimit`, paise at list price, an officer approves.
 */
const limitFields = {
  quantityFactor: z.number().positive().max(1_000).optional(),
  largestAmount: Paise.optional(),
  adjustmentLimit: Paise.optional(),
};

/** The default is a station. */
export const OutletSite = z.enum(['station', 'mall', 'fair', 'airport', 'emporium']);
export type OutletSite = z.infer<typeof OutletSite>;

/**
 * `station`: where the outlet stands, or the nearest. `lines`: railway lines such as
 * `Lucknow–Varanasi`, whose trains carry goods between outlets.
 */
export const Outlet = z.strictObject({
  name: Name,
  site: OutletSite.optional(),
  station: Name,
  district: DistrictId,
  ...addressFields,
  ...sellersFields,
  leadDays,
  ...limitFields,
  ...statusFields('closed'),
  lines: z.array(Name).min(1).max(10).optional(),
});
export type Outlet = z.infer<typeof Outlet>;

/** `gives`: base units per season for anyone without an entitlement. */
export const Depot = z.strictObject({
  name: Name,
  nameHi: HindiName,
  district: DistrictId,
  ...addressFields,
  ...sellersFields,
  leadDays,
  ...limitFields,
  ...statusFields('closed'),
  issuerShare,
  gives: z
    .array(z.strictObject({ item: ItemId, quantity: Quantity }))
    .max(40)
    .optional(),
});
export type Depot = z.infer<typeof Depot>;

export type LocationLimits = Pick<Outlet, 'quantityFactor' | 'largestAmount' | 'adjustmentLimit'>;

/** Entitlements are computed from these. */
export const PRODUCTION_MEANS = ['members', 'looms', 'kilns'] as const;
const meansCount = z
  .int('members, looms and kilns are whole numbers')
  .min(1, 'must be at least 1; leave it out if there are none')
  .max(10_000, 'must be at most 10,000')
  .optional();

/**
 * `group`: the society whose phone may submit for this producer. `depots`: those outside the
 * district that serve them.
 */
export const Producer = z.strictObject({
  name: Name,
  nameHi: HindiName,
  district: DistrictId,
  ...addressFields,
  craft: Name,
  ...statusFields('closed'),
  village: Name.optional(),
  villageHi: HindiName.optional(),
  cluster: ClusterId.optional(),
  group: ProducerId.optional(),
  depots: z.array(z.string().pipe(DepotId).pipe(StockLocationId)).min(1).max(10).optional(),
  means: z
    .strictObject(
      { members: meansCount, looms: meansCount, kilns: meansCount } satisfies Record<
        (typeof PRODUCTION_MEANS)[number],
        z.ZodType
      >,
      'means are members, looms and kilns, each at most once',
    )
    .optional(),
});
export type Producer = z.infer<typeof Producer>;

/** Producers of one craft in one district who share means or sell together. */
export const Cluster = z.strictObject({
  name: Name,
  nameHi: HindiName,
  district: DistrictId,
  craft: Name,
  ...statusFields('closed'),
});
export type Cluster = z.infer<typeof Cluster>;

/** `material`: drawn by artisans, not sold by outlets. */
export const Product = z.strictObject({
  name: Name,
  nameHi: HindiName,
  district: DistrictId,
  material: z.boolean(),
  ...statusFields('discontinued'),
});
export type Product = z.infer<typeof Product>;

/**
 * One installation, or one bill book of `paper`, at one location for one seller. `handedOver.last`:
 * numbers above it are held.
 */
export const Terminal = z.strictObject({
  location: LocationId,
  seller: SellerId,
  installation: InstallationId,
  key: TerminalKey,
  enrolledAt: Instant,
  paper: z.literal(true).optional(),
  revoked: z.strictObject({ at: Instant, by: z.string(), reason: Name }).optional(),
  handedOver: z.strictObject({ by: VoucherNumber, at: Instant, last: LastNumbers }).optional(),
});
export type Terminal = z.infer<typeof Terminal>;

/**
 * Between these days a sale to an unregistered buyer is supplied in their recorded State (IGST
 * section 10(1)(ca)), else at the stall.
 */
export const GstState = z
  .strictObject({ name: Name, nameHi: HindiName, buyersStateFrom: Day.optional(), buyersStateTo: Day.optional() })
  .refine(({ buyersStateFrom, buyersStateTo }) => !buyersStateTo || (buyersStateFrom ?? '9999') <= buyersStateTo, {
    path: ['buyersStateTo'],
    error: 'the last day is the first one, or later',
  });
export type GstState = z.infer<typeof GstState>;

export const isSuppliedToBuyersState = ({ buyersStateFrom, buyersStateTo }: GstState, day: Day): boolean =>
  buyersStateFrom !== undefined && buyersStateFrom <= day && (buyersStateTo === undefined || day <= buyersStateTo);

export const MIN_FESTIVAL_FACTOR = 0.05;

export const MAX_FESTIVAL_FACTOR = 20;

/** Demand is multiplied by `factor`, for one craft or all, in one district or everywhere. */
export const Festival = z
  .strictObject({
    name: Name,
    nameHi: HindiName,
    from: Day,
    to: Day,
    factor: z.number().min(MIN_FESTIVAL_FACTOR).max(MAX_FESTIVAL_FACTOR),
    craft: Name.optional(),
    district: DistrictId.optional(),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: 'a festival ends on the day it starts, or later' });

export type Festival = z.infer<typeof Festival>;
