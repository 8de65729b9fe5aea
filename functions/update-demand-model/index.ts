import { alertJudge } from '../../shared/alerts/alert-judge-service.ts';
import { matterStore } from '../../shared/alerts/exception-alert-store.ts';
import { failedWork } from '../../shared/alerts/failed-work-service.ts';
import { closeStore } from '../../shared/day-close/close-store.ts';
import { areaWorker } from '../../shared/platform/job.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { lessonStore } from '../../shared/replenishment/calibration-store.ts';
import { pacesStore } from '../../shared/replenishment/demand-model-store.ts';
import { festivalCalendar } from '../../shared/replenishment/seasonal-calendar-service.ts';
import { updateDemandModel } from './update-demand-model.ts';

const dependencies = ({ clock, count, tables }: Runtime) => {
  const registry = registryStore(tables);
  const matters = matterStore(tables);
  const lessons = lessonStore(tables);
  const judgeMatter = alertJudge({ tables, clock });
  return {
    calendar: festivalCalendar(registry, lessons),
    clock,
    closes: closeStore(tables),
    count,
    failedWork: failedWork({ matters, judgeMatter, clock, count }),
    lessons,
    paces: pacesStore(tables),
    registry,
  };
};

export const handler = areaWorker(dependencies, updateDemandModel);
