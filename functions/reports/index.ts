import { http } from '../../shared/platform/http.ts';
import { getReport } from './get-report.ts';
import { listFestivals } from './list-festivals.ts';

export const handler = http(getReport, listFestivals);
