import * as z from 'zod';
import { DistrictId, InstallationId, ItemId, Place, ProducerId, SellerId } from '../ids.ts';
import { Paise, Quantity } from '../quantity.ts';
import { Instant } from '../time.ts';
import { LastNumbers } from '../vouchers/last-numbers.ts';
import { VoucherNumber } from '../vouchers/number.ts';
import { TerminalKey } from './terminal-key.ts';

export const Name = z.string().trim().min(1, 'a name is needed').max(120, 'a name is at most 120 characters');

export const District = z.strictObject({ name: Name, nameHi: Name, craft: Name, craftHi: Name });
export type District = z.infer<typeof District>;

const sellers = z.array(SellerId).min(1, 'at least one seller trades here').max(10);

/** How many days goods usually take to come, until it is known how long they took. */
const leadDays = z.int().min(1).max(90).optional();

/**
 * What is plausible here and what needs an officer, where it is not as elsewhere: `quantityFactor`, how many times as
 * much in one line; `largestAmount`, paise of one bill; `adjustmentLimit`, paise at list price of one adjustment.
 */
const bounds = {
  quantityFactor: z.number().positive().max(1_000).optional(),
  largestAmount: Paise.optional(),
  adjustmentLimit: Paise.optional(),
};

/** `lines`: the railway lines that its station is on, as in `Lucknow–Varanasi`: trains carry goods between stalls of one line. A junction is on several. */
export const Outlet = z.strictObject({
  ...{ name: Name, station: Name, district: DistrictId, sellers, leadDays },
  ...bounds,
  lines: z.array(Name).min(1).max(10).optional(),
});
export type Outlet = z.infer<typeof Outlet>;

/** `gives`: what it lets anyone draw in a season who has no entitlement of their own, in base units. */
export const Depot = z.strictObject({
  name: Name,
  nameHi: Name,
  district: DistrictId,
  sellers,
  leadDays,
  ...bounds,
  gives: z
    .array(z.strictObject({ item: ItemId, quantity: Quantity }))
    .max(40)
    .optional(),
});
export type Depot = z.infer<typeof Depot>;

/** The bounds of its own that a location may have. */
export type PlaceBounds = Pick<Outlet, 'quantityFactor' | 'largestAmount' | 'adjustmentLimit'>;

/** What an artisan's entitlement is reckoned by. */
export const MEANS = ['members', 'looms', 'kilns'] as const;
const count = z
  .int('members, looms and kilns are whole numbers')
  .min(1, 'is at least 1; where there are none, leave it out')
  .max(10_000, 'is at most 10,000')
  .optional();

/** `group`: the producer, a self-help group or a society, whose phone may ask for this one too. */
export const Producer = z.strictObject({
  name: Name,
  nameHi: Name,
  district: DistrictId,
  craft: Name,
  group: ProducerId.optional(),
  means: z
    .strictObject(
      { members: count, looms: count, kilns: count } satisfies Record<(typeof MEANS)[number], z.ZodType>,
      'means are members, looms and kilns, each at most once',
    )
    .optional(),
});
export type Producer = z.infer<typeof Producer>;

/** GSTIN of UP (state 09): PAN inside, `Z`, a check digit. */
const Gstin = z
  .string()
  .regex(/^09[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[\dA-Z]$/, 'a GSTIN of UP is 15 characters and starts with 09');

/** Only a regular seller charges GST; a composition dealer and one below the threshold may not collect it (sections 10 and 22). */
export const Seller = z
  .strictObject({
    name: Name,
    registration: z.enum(['regular', 'composition', 'unregistered']),
    gstin: Gstin.optional(),
    district: DistrictId,
  })
  .refine(({ registration, gstin }) => (registration === 'unregistered') === (gstin === undefined), {
    path: ['gstin'],
    error: 'a regular or composition seller has a GSTIN, an unregistered one has none',
  });
export type Seller = z.infer<typeof Seller>;

/** What items of several sellers are alike in; `material` is what artisans draw, not what outlets sell. */
export const Product = z.strictObject({ name: Name, nameHi: Name, district: DistrictId, material: z.boolean() });
export type Product = z.infer<typeof Product>;

/**
 * One installation, or one bill book of `paper`, at one location for one seller, for ever; only revocation and a hand-over change it. `key`: of the phone that
 * enrolled it, which signs what it numbers. `handedOver`: by which voucher, and the last numbers
 * that were declared then: what it sends above them is held.
 */
export const Terminal = z.strictObject({
  location: Place,
  seller: SellerId,
  installation: InstallationId,
  key: TerminalKey,
  enrolledAt: Instant,
  paper: z.literal(true).optional(),
  revoked: z.strictObject({ at: Instant, by: z.string(), reason: Name }).optional(),
  handedOver: z.strictObject({ by: VoucherNumber, at: Instant, last: LastNumbers }).optional(),
});
export type Terminal = z.infer<typeof Terminal>;
