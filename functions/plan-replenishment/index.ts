import { worker } from '../../shared/platform/job.ts';
import { planRestock } from './plan-replenishment.ts';

export const handler = worker(planRestock);
