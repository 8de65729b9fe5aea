import { worker } from '../../shared/middleware/job.ts';
import { planRestock } from './plan-restock.ts';

export const handler = worker(planRestock);
