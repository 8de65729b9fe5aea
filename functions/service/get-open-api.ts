import * as contract from '../../shared/api/service-contract.ts';
import { ok, operation } from '../../shared/platform/operation.ts';

type GetOpenApiDeps = { readonly openApi: () => Promise<OpenApi> };

export type OpenApi = { readonly openapi: string };

export const getOpenApi = operation(contract.getOpenApi, async (_request, { openApi }: GetOpenApiDeps) =>
  ok({ ...(await openApi()) }),
);
