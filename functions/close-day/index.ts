import '../../shared/api/sealing.ts';
import { placeWorker } from '../../shared/platform/job.ts';
import { closeDay } from './close-day.ts';

export const handler = placeWorker(closeDay);
