import '../../shared/api/queueing.ts';
import { planner } from '../../shared/platform/job.ts';
import { planJob } from './plan-job.ts';

export const handler = planner(planJob);
