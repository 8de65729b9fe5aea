import { auditAccounts } from '../../shared/domain/audit/accounts.ts';
import { auditOf } from '../../shared/domain/audit/audit.ts';
import type { Checkpoint } from '../../shared/domain/audit/checkpoint.ts';
import type { Drift } from '../../shared/domain/audit/drift.ts';
import { isProducer, type LocationId, type Place, type ProducerId } from '../../shared/domain/ids.ts';
import type { Composition } from '../../shared/runtime/composition.ts';
import { firstDayOf } from './first-day.ts';
import { readLocation } from './read-location.ts';
import { readPassbook, readPassbooks } from './read-passbooks.ts';
import { twiceSeen } from './twice-seen.ts';

export type Audited = Pick<Checkpoint, 'location' | 'vouchers' | 'drifts'>;

/** A stall or a depot, with the passbooks that draw on it; or a producer's own. */
export const auditPlace = (place: Place, tools: Composition): Promise<Audited> =>
  isProducer(place) ? auditProducer(place, tools) : auditLocation(place, tools);

const auditLocation = async (location: LocationId, tools: Composition): Promise<Audited> => {
  const auditedAt = tools.clock.now();
  const first = (await tools.audits.checkpoint(location))?.first ?? (await firstDayOf(location, tools));
  let vouchers = 0;
  const drifts = await twiceSeen(async () => {
    const reading = await readLocation(location, first, tools);
    vouchers = reading.vouchers.length;
    const passbooks = await readPassbooks(reading.requests, tools);
    return [...auditOf(reading), ...passbooks.flatMap(auditAccounts)];
  });
  await tools.audits.keep({ location, auditedAt, first, vouchers, drifts: [...drifts] });
  return { location, vouchers, drifts: [...drifts] };
};

const auditProducer = async (producer: ProducerId, tools: Composition): Promise<Audited> => {
  let vouchers = 0;
  const drifts = await twiceSeen(async (): Promise<Drift[]> => {
    const seasons = new Set((await tools.passbook.everyAccount(producer)).map(({ season }) => season));
    const passbooks = await Promise.all([...seasons].map((season) => readPassbook({ producer, season }, [], tools)));
    vouchers = passbooks.flatMap(({ issues }) => issues).length;
    return passbooks.flatMap(auditAccounts);
  });
  return { location: producer, vouchers, drifts: [...drifts] };
};
