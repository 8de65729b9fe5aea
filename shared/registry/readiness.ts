import * as z from 'zod';
import type { Day } from '../kernel/time.ts';
import type { Registrations } from './registrations.ts';

export const PAPERS = ['udyam', 'pan', 'gstin', 'enrolment', 'pehchan', 'weaverCard', 'bank', 'gi'] as const;
export const Paper = z.enum(PAPERS);
export type Paper = z.infer<typeof Paper>;

/** `recorded`: present, but its form is not published, so Bahi cannot check it. */
export const PaperState = z.enum(['checked by check digit', 'checked by form', 'recorded', 'expired', 'missing']);
export type PaperState = z.infer<typeof PaperState>;

const DOORS = ['marketplaces', 'margin-money', 'mudra', 'export', 'artisan-schemes', 'gi-name'] as const;
export const Door = z.enum(DOORS);
export type Door = z.infer<typeof Door>;

/**
 * A door needs one paper of each group. Marketplaces take an enrolment id for sales within the
 * State (Notification 34/2023-CT). The IEC of an exporter is the PAN.
 */
export const DOOR_NEEDS: Readonly<Record<Door, readonly (readonly Paper[])[]>> = {
  marketplaces: [['pan'], ['gstin', 'enrolment'], ['bank']],
  'margin-money': [['udyam'], ['pan'], ['bank']],
  mudra: [['udyam'], ['pan'], ['bank']],
  export: [['pan'], ['gstin'], ['bank']],
  'artisan-schemes': [['pehchan', 'weaverCard'], ['bank']],
  'gi-name': [['gi']],
};

const isExpired = (until: Day | undefined, today: Day): boolean => until !== undefined && until < today;

export const paperStates = (held: Registrations, today: Day): Record<Paper, PaperState> => {
  const of = (value: unknown, state: PaperState): PaperState => (value === undefined ? 'missing' : state);
  const card = (value: unknown, until: Day | undefined) => of(value, isExpired(until, today) ? 'expired' : 'recorded');
  return {
    udyam: of(held.udyam, 'checked by form'),
    pan: of(held.pan, 'checked by form'),
    gstin: of(held.gstin, 'checked by check digit'),
    enrolment: of(held.enrolment, 'checked by form'),
    pehchan: card(held.pehchan, held.pehchanUntil),
    weaverCard: card(held.weaverCard, held.weaverCardUntil),
    bank: of(held.bankIfsc, 'checked by form'),
    gi: of(held.gi, 'recorded'),
  };
};

export type OpenDoor = {
  readonly door: Door;
  readonly open: boolean;
  /** Groups of which no paper is valid. */
  readonly lacks: readonly (readonly Paper[])[];
};

export const doorsOf = (states: Record<Paper, PaperState>): OpenDoor[] => {
  const isValid = (paper: Paper) => states[paper] !== 'missing' && states[paper] !== 'expired';
  return DOORS.map((door) => {
    const lacks = DOOR_NEEDS[door].filter((anyOf) => !anyOf.some(isValid));
    return { door, open: lacks.length === 0, lacks };
  });
};

export type ReadinessCount = {
  readonly producers: number;
  readonly papers: { paper: Paper; holders: number }[];
  readonly doors: { door: Door; ready: number }[];
};

/** How many producers hold a valid paper, and for how many a door is open. */
export const countReadiness = (all: readonly Registrations[], today: Day): ReadinessCount => {
  const states = all.map((held) => paperStates(held, today));
  const doors = states.map(doorsOf);
  const holders = (paper: Paper) => states.filter((one) => !['missing', 'expired'].includes(one[paper])).length;
  const opened = (door: Door) => doors.filter((one) => one.some((each) => each.door === door && each.open)).length;
  return {
    producers: all.length,
    papers: PAPERS.map((paper) => ({ paper, holders: holders(paper) })),
    doors: DOORS.map((door) => ({ door, ready: opened(door) })),
  };
};
