import { readBundledJson } from '../../shared/platform/environment.ts';
import { httpHandler } from '../../shared/platform/http-handler.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { getHealth } from './get-health.ts';
import { getOpenApi, type OpenApi } from './get-open-api.ts';

type ServiceRuntime = Runtime & { readonly openApi?: () => Promise<OpenApi> };

/** `cdk synth` writes the document, so that no function carries its generator. */
const readOpenApi = (): Promise<OpenApi> => readBundledJson('openapi.json');

const dependencies = ({ clock, tables, openApi = readOpenApi }: ServiceRuntime) => ({
  clock,
  openApi,
  registry: registryStore(tables),
});

export const handler = httpHandler(dependencies, getHealth, getOpenApi);
