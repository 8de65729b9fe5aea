import '../../shared/runtime/sealing.ts';
import { placeWorker } from '../../shared/middleware/job.ts';
import { closeDay } from './close-day.ts';

export const handler = placeWorker(closeDay);
