import '../../shared/api/telling.ts';
import { areaWorker } from '../../shared/platform/job.ts';
import { sendDigest } from './send-digest.ts';

export const handler = areaWorker(sendDigest);
