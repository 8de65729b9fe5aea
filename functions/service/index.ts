import { DOCS_FILES, REDOC_FILE } from '../../shared/api/docs-page.ts';
import { readBundledFile } from '../../shared/platform/environment.ts';
import { httpHandler } from '../../shared/platform/http-handler.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { statedFiguresStore } from '../../shared/reports/stated-figures-store.ts';
import { getAbout } from './get-about.ts';
import { getHealth } from './get-health.ts';
import { getOpenApi, type OpenApi } from './get-open-api.ts';
import { getStatedFigures } from './get-stated-figures.ts';

type ServiceRuntime = Runtime & {
  readonly openApi?: () => Promise<OpenApi>;
  readonly redoc?: () => Promise<Uint8Array>;
};

/** `cdk synth` writes both files, so that no function carries what makes them. */
const readOpenApi = async (): Promise<OpenApi> => JSON.parse((await readBundledFile('openapi.json')).toString());
const readRedoc = (): Promise<Uint8Array> => readBundledFile(REDOC_FILE);

const dependencies = ({ clock, tables, openApi = readOpenApi, redoc = readRedoc }: ServiceRuntime) => ({
  clock,
  openApi,
  redoc,
  registry: registryStore(tables),
  stated: statedFiguresStore(tables),
});

export const handler = httpHandler(dependencies, getAbout, getHealth, getOpenApi, getStatedFigures, ...DOCS_FILES);
