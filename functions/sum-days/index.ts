import { areaWorker } from '../../shared/middleware/job.ts';
import { sumDays } from './sum-days.ts';

export const handler = areaWorker(sumDays);
