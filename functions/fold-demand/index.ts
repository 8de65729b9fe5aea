import { areaWorker } from '../../shared/middleware/job.ts';
import { foldDemand } from './fold-demand.ts';

export const handler = areaWorker(foldDemand);
