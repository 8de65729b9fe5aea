import { areaWorker } from '../../shared/platform/job.ts';
import { foldDemand } from './update-demand-model.ts';

export const handler = areaWorker(foldDemand);
