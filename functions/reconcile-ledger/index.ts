import { locationWorker } from '../../shared/platform/job-handler.ts';
import { dependencies } from './dependencies.ts';
import { reconcileLedger } from './reconcile-ledger.ts';

export const handler = locationWorker(dependencies, reconcileLedger);
