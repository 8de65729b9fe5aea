import { areaWorker } from '../../shared/platform/job.ts';
import { sumDays } from './sum-days.ts';

export const handler = areaWorker(sumDays);
