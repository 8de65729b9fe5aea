import { alertStore } from '../../shared/alerts/alert-store.ts';
import type { Messages } from '../../shared/notifications/channel.ts';
import { cloudMessages } from '../../shared/notifications/cloud-channel.ts';
import { messageStore } from '../../shared/notifications/notification-store.ts';
import { sayOnce } from '../../shared/notifications/send-once-service.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { tableStream } from '../../shared/platform/stream.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { notifyAlerts } from './notify-alerts.ts';

const dependencies = (runtime: Runtime & { readonly messages?: Messages }) => {
  const { clock, count, environment, tables } = runtime;
  const told = messageStore(tables);
  const messages = runtime.messages ?? cloudMessages(environment.messages);
  return {
    alerts: alertStore(tables),
    clock,
    count,
    messages,
    registry: registryStore(tables),
    sayOnce: sayOnce({ told, messages }),
  };
};

export const handler = tableStream(dependencies, {
  read: ({ alerts }, image) => alerts.inImage(image),
  watch: notifyAlerts,
});
