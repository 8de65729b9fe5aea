import { alertStore } from '../../shared/alerts/alert-store.ts';
import { exceptionAlertEvaluator } from '../../shared/alerts/exception-alert-service.ts';
import { failureAlertService } from '../../shared/alerts/failure-alert-service.ts';
import { cloudChannel } from '../../shared/notifications/cloud-channel.ts';
import type { NotificationChannel } from '../../shared/notifications/notification.ts';
import { notificationStore } from '../../shared/notifications/notification-store.ts';
import { sendOnce } from '../../shared/notifications/send-once-service.ts';
import { areaWorker } from '../../shared/platform/job-handler.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { sendDigest } from './send-digest.ts';

const dependencies = (runtime: Runtime & { readonly messages?: NotificationChannel }) => {
  const { clock, count, environment, tables } = runtime;
  const alerts = alertStore(tables);
  const evaluateException = exceptionAlertEvaluator({ tables, clock });
  const notifications = notificationStore(tables);
  const messages = runtime.messages ?? cloudChannel(environment.messages);
  return {
    alerts,
    clock,
    count,
    failureAlerts: failureAlertService({ alerts, evaluateException, clock, count }),
    registry: registryStore(tables),
    sendOnce: sendOnce({ notifications, channel: messages }),
    notifications,
  };
};

export const handler = areaWorker(dependencies, sendDigest);
