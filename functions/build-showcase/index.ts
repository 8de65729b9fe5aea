import { S3Client } from '@aws-sdk/client-s3';
import { alertStore } from '../../shared/alerts/alert-store.ts';
import { exceptionAlertEvaluator } from '../../shared/alerts/exception-alert-service.ts';
import { failureAlertService } from '../../shared/alerts/failure-alert-service.ts';
import { areaWorker } from '../../shared/platform/job-handler.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import type { PublicSite } from '../../shared/showcase/publish-service.ts';
import { siteStore } from '../../shared/showcase/site-store.ts';
import { stockStore } from '../../shared/stock/stock-store.ts';
import { buildShowcase } from './build-showcase.ts';

const dependencies = (runtime: Runtime & { readonly site?: PublicSite }) => {
  const { clock, count, environment, tables } = runtime;
  const alerts = alertStore(tables);
  const evaluateException = exceptionAlertEvaluator({ tables, clock });
  return {
    clock,
    count,
    failureAlerts: failureAlertService({ alerts, evaluateException, clock, count }),
    registry: registryStore(tables),
    site: runtime.site ?? siteStore(new S3Client(), environment),
    stock: stockStore(tables),
  };
};

export const handler = areaWorker(dependencies, buildShowcase);
