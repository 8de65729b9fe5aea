import { worker } from '../../shared/middleware/job.ts';
import { tendRequests } from './tend-requests.ts';

export const handler = worker(tendRequests);
