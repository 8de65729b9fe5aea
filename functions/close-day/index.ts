import { locationWorker } from '../../shared/platform/job-handler.ts';
import { closeDay } from './close-day.ts';
import { dependencies } from './dependencies.ts';

export const handler = locationWorker(dependencies, closeDay);
