import { contract } from '../../shared/api/contract.ts';
import { openApi } from '../../shared/api/openapi.ts';
import { ok, operation } from '../../shared/platform/operation.ts';

export const getOpenApi = operation(contract.getOpenApi, async () => ok(openApi()));
