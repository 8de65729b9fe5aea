import '../../shared/api/sealing.ts';
import { placeWorker } from '../../shared/platform/job.ts';
import { auditBooks } from './reconcile-ledger.ts';

export const handler = placeWorker(auditBooks);
