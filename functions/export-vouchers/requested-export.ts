import { LocationId, locationKind } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { type Clock, dayOf } from '../../shared/kernel/time.ts';
import type { JobQueue } from '../../shared/platform/job-handler.ts';
import {
  daysInArea,
  type ExportPartMessage,
  exportPartKey,
  exportPartsOf,
  type RequestedExportMessage,
} from '../../shared/reports/export-request.ts';
import type { ExportStore } from '../../shared/reports/export-store.ts';
import type { ExportVouchersDeps } from './export-vouchers.ts';
import { writeMonth } from './write-month.ts';

export type RequestedExportDeps = {
  readonly clock: Clock;
  readonly queue: JobQueue;
  readonly exportRequests: ExportStore;
} & ExportVouchersDeps;

/** One message for each location of the area that is not written. Repeatable. */
export const queueLocations = async (
  { export: id, requestedAt, area }: RequestedExportMessage,
  deps: RequestedExportDeps,
): Promise<void> => {
  const { clock, queue, exportRequests } = deps;
  const head = await exportRequests.find(id, clock.now());
  if (head?.requestedAt !== requestedAt) return;
  const { month } = exportPartsOf(id);
  const all = await locationsEverywhere(deps);
  const locations = all
    .filter(({ place }) => daysInArea(place, area, month).length > 0)
    .map(({ location }) => location);
  const parts = await exportRequests.parts(id);
  const written = new Set(
    parts.flatMap((part) => (part.requestedAt === requestedAt && part.written ? [part.location] : [])),
  );
  await exportRequests.update(head, ['locations', locations.length]);
  const day = dayOf(clock.now());
  const messages = locations
    .filter((location) => !written.has(location))
    .map((location) => ({ job: 'export-vouchers' as const, location, day, export: id, requestedAt }));
  await queue.send('export-vouchers', messages);
};

const locationsEverywhere = async ({ registry }: RequestedExportDeps) => {
  const outlets = await allPages((after) => registry.list('outlets', after));
  const depots = await allPages((after) => registry.list('depots', after));
  const workshops = await registry.entries('producers', await allPages((after) => registry.workshops(after)));
  return [
    ...[...outlets, ...depots].map((place) => ({ location: LocationId.parse(place.id), place })),
    ...[...workshops].map(([location, place]) => ({ location, place })),
  ];
};

/** Writes the file of one location, then that it is written. A failure is kept with the export. */
export const exportPart = async (
  { export: id, requestedAt, location }: ExportPartMessage,
  deps: RequestedExportDeps,
): Promise<void> => {
  const { clock, count, registry, exportRequests } = deps;
  const head = await exportRequests.find(id, clock.now());
  if (head?.requestedAt !== requestedAt || (await exportRequests.isWritten(head, location))) return;
  const { month, area, format } = exportPartsOf(id);
  try {
    const place = await registry.entry(locationKind(location), location);
    const days = place ? daysInArea(place, area, month) : [];
    const files = [{ key: exportPartKey(id, location), format }];
    const { vouchers, bytes } = await writeMonth({ location, days, files }, deps);
    await exportRequests.putPart(head, { location, requestedAt, written: { vouchers, bytes, at: clock.now() } });
    count('VouchersExported', vouchers);
  } catch (error) {
    await Promise.allSettled([exportRequests.putPart(head, { location, requestedAt, failedAt: clock.now() })]);
    throw error;
  }
};
