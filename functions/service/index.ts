import { http } from '../../shared/platform/http.ts';
import { getHealth } from './get-health.ts';
import { getOpenApi } from './get-open-api.ts';

export const handler = http(getHealth, getOpenApi);
