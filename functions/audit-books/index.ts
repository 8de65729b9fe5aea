import '../../shared/runtime/sealing.ts';
import { placeWorker } from '../../shared/middleware/job.ts';
import { auditBooks } from './audit-books.ts';

export const handler = placeWorker(auditBooks);
