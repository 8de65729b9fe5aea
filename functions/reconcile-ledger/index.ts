import { placeWorker } from '../../shared/platform/job.ts';
import { dependencies } from './dependencies.ts';
import { auditBooks } from './reconcile-ledger.ts';

export const handler = placeWorker(dependencies, auditBooks);
