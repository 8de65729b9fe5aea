import { http } from '../../shared/middleware/http.ts';
import { getReport } from './get-report.ts';

export const handler = http(getReport);
