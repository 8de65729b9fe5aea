import '../../shared/runtime/queueing.ts';
import { planner } from '../../shared/middleware/job.ts';
import { planJob } from './plan-job.ts';

export const handler = planner(planJob);
