import * as z from 'zod';
import { DistrictId } from '../kernel/ids.ts';
import { Day } from '../kernel/time.ts';
import { Name } from './entries.ts';

export const MIN_FESTIVAL_FACTOR = 0.05;

export const MAX_FESTIVAL_FACTOR = 20;

/** Demand is multiplied by `factor`, for one craft or all, in one district or everywhere. */
export const Festival = z
  .strictObject({
    name: Name,
    nameHi: Name,
    from: Day,
    to: Day,
    factor: z.number().min(MIN_FESTIVAL_FACTOR).max(MAX_FESTIVAL_FACTOR),
    craft: Name.optional(),
    district: DistrictId.optional(),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: 'a festival ends on the day it starts, or later' });

export type Festival = z.infer<typeof Festival>;
