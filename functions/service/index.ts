import { httpHandler } from '../../shared/platform/http-handler.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { getHealth } from './get-health.ts';
import { getOpenApi } from './get-open-api.ts';

const dependencies = ({ clock, tables }: Runtime) => ({ clock, registry: registryStore(tables) });

export const handler = httpHandler(dependencies, getHealth, getOpenApi);
