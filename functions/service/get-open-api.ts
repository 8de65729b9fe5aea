import { openApi } from '../../shared/contract/openapi.ts';
import { contract } from '../../shared/contract/operations.ts';
import { ok, operation } from '../../shared/middleware/operation.ts';

export const getOpenApi = operation(contract.getOpenApi, async () => ok(openApi()));
