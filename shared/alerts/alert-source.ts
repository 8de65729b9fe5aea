import * as z from 'zod';
import { AreaId, DistrictId, LocationId } from '../kernel/ids.ts';
import type { Sum } from '../kernel/sum.ts';
import { dayOf, formatDate, type Instant } from '../kernel/time.ts';
import { BilingualText } from '../kernel/units.ts';
import { Audience } from '../registry/staff.ts';
import { AlertLifecycle, type EscalationLevel, evidenceFields } from './alert-state.ts';

/**
 * The key of an alert within its location, such as `LKO-KURTA-M:short` or
 * `held:7KQ2MS2611220001-0a1b2c3d4e5f`.
 */
export const AlertKey = z
  .string()
  .max(80)
  .regex(/^([A-Z0-9-]+:[a-z]+|[a-z]+:[A-Za-z0-9-]+)$/, 'an alert is such as LKO-KURTA-M:short')
  .brand('AlertKey');
export type AlertKey = z.infer<typeof AlertKey>;

/** Hours at a level before an open alert escalates. */
export const ESCALATION_HOURS = {
  usual: { outlet: 48, district: 72 },
  urgent: { outlet: 4, district: 12 },
} as const satisfies Record<string, Record<Exclude<EscalationLevel, 'state'>, number>>;

/** `level`: the first level that must act. `urgent`: open alerts cost sales. */
export type AlertSeverity = {
  readonly level: EscalationLevel;
  readonly urgent: boolean;
  readonly hours: (typeof ESCALATION_HOURS)[keyof typeof ESCALATION_HOURS];
};

export const usualSeverity = (level: EscalationLevel): AlertSeverity => ({
  level,
  urgent: false,
  hours: ESCALATION_HOURS.usual,
});

export const urgentSeverity = (level: EscalationLevel): AlertSeverity => ({
  level,
  urgent: true,
  hours: ESCALATION_HOURS.urgent,
});

export type AlertSource = {
  readonly type: string;
  readonly severity: AlertSeverity;
  /** SMS text, at most 24 characters in English. */
  readonly smsText: BilingualText;
  readonly schema: z.ZodType;
  /** An officer's acknowledgement resolves it. */
  readonly resolvedByOfficer?: true;
  /** A resolved alert follows its location to another district. */
  readonly movesWhenResolved?: true;
};

export const replyFields = { alert: AlertKey, says: BilingualText };

type ExceptionDefinition<
  Type extends string,
  About extends z.ZodType,
  Evidence extends z.ZodType,
  Location extends z.ZodType = typeof LocationId,
> = Pick<AlertSource, 'severity' | 'smsText' | 'resolvedByOfficer'> & {
  readonly type: Type;
  readonly about: About;
  readonly evidence: Evidence;
  readonly render: (alert: {
    readonly location: z.output<Location>;
    readonly about: z.output<About>;
    readonly figures: z.output<Evidence>;
  }) => BilingualText;
  readonly staysResolved?: (
    stored: { readonly figures: z.output<Evidence> } & Pick<AlertLifecycle, 'acknowledged'>,
    figures: z.output<Evidence>,
  ) => boolean;
};

/**
 * An alert type that is not about stock: one alert per location and `about`. Older readings must
 * not change it; `sourceVersion` orders them.
 */
export const exceptionSource = <Type extends string, About extends z.ZodType, Evidence extends z.ZodType>(
  definition: ExceptionDefinition<Type, About, Evidence>,
) => defineSource(definition, { location: LocationId, district: DistrictId });

/** The alert may also be about an area; `location` is then the area. */
export const areaOrLocationSource = <Type extends string, About extends z.ZodType, Evidence extends z.ZodType>(
  definition: ExceptionDefinition<Type, About, Evidence, typeof Audience>,
) => defineSource(definition, { location: Audience, district: AreaId });

const defineSource = <
  Type extends string,
  About extends z.ZodType,
  Evidence extends z.ZodType,
  Location extends z.ZodType,
  District extends z.ZodType,
>(
  definition: ExceptionDefinition<Type, About, Evidence, Location>,
  { location, district }: { readonly location: Location; readonly district: District },
) => {
  const shape = {
    ...AlertLifecycle.shape,
    district,
    location,
    sourceVersion: z.int().min(1),
    type: z.literal(definition.type),
    about: definition.about,
    ...evidenceFields(definition.evidence),
  };
  return { ...definition, schema: z.strictObject(shape), reply: z.strictObject({ ...shape, ...replyFields }) };
};

/** `isActive`: the condition holds. `hasEnded`: a registry entry that it needs has ended. */
export type StateOf<Source extends { readonly schema: z.ZodType }> = Omit<
  z.output<Source['schema']>,
  keyof AlertLifecycle | 'before'
> & { readonly isActive: boolean; readonly hasEnded?: boolean };

/** `₹1,250`, or `₹1,250.50` with paise. */
export const formatRupees = (paise: Sum): string => {
  const whole = BigInt(paise) / 100n;
  const rest = BigInt(paise) % 100n;
  return `₹${whole.toLocaleString('en-IN')}${rest === 0n ? '' : `.${String(rest).padStart(2, '0')}`}`;
};

export const formatDay = (at: Instant): string => formatDate('en-IN', dayOf(at));
export const formatDayHi = (at: Instant): string => formatDate('hi-IN', dayOf(at));
