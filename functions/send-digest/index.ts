import '../../shared/runtime/telling.ts';
import { areaWorker } from '../../shared/middleware/job.ts';
import { sendDigest } from './send-digest.ts';

export const handler = areaWorker(sendDigest);
