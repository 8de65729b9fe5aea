import { alertStore } from '../../shared/alerts/alert-store.ts';
import { cloudChannel } from '../../shared/notifications/cloud-channel.ts';
import type { NotificationChannel } from '../../shared/notifications/notification.ts';
import { notificationStore } from '../../shared/notifications/notification-store.ts';
import { sendOnce } from '../../shared/notifications/send-once-service.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { tableStream } from '../../shared/platform/stream-handler.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { notifyAlerts } from './notify-alerts.ts';

const dependencies = (runtime: Runtime & { readonly messages?: NotificationChannel }) => {
  const { clock, count, environment, tables } = runtime;
  const notifications = notificationStore(tables);
  const messages = runtime.messages ?? cloudChannel(environment.messages);
  return {
    alerts: alertStore(tables),
    clock,
    count,
    messages,
    registry: registryStore(tables),
    sendOnce: sendOnce({ notifications, channel: messages }),
  };
};

export const handler = tableStream(dependencies, {
  read: ({ alerts }, image) => alerts.inImage(image),
  process: notifyAlerts,
});
