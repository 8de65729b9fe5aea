import { closeStore } from '../../shared/day-close/close-store.ts';
import { totalsStore } from '../../shared/day-close/totals-store.ts';
import { confirmationCounts } from '../../shared/materials/confirmation-count-store.ts';
import { http } from '../../shared/platform/http.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { lessonStore } from '../../shared/replenishment/calibration-store.ts';
import { festivalCalendar } from '../../shared/replenishment/seasonal-calendar-service.ts';
import { transferStore } from '../../shared/transfers/transfer-store.ts';
import { getReport } from './get-report.ts';
import { listFestivals } from './list-festivals.ts';

const dependencies = ({ clock, count, tables }: Runtime) => {
  const registry = registryStore(tables);
  const lessons = lessonStore(tables);
  return {
    calendar: festivalCalendar(registry, lessons),
    clock,
    closes: closeStore(tables),
    confirmations: confirmationCounts(tables),
    count,
    lessons,
    registry,
    totals: totalsStore(tables),
    transfers: transferStore(tables),
  };
};

export const handler = http(dependencies, getReport, listFestivals);
