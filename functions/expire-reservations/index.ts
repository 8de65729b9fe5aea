import { worker } from '../../shared/platform/job.ts';
import { tendRequests } from './expire-reservations.ts';

export const handler = worker(tendRequests);
