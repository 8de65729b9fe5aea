import { alertStore } from '../../shared/alerts/alert-store.ts';
import type { Messages } from '../../shared/notifications/channel.ts';
import { cloudMessages } from '../../shared/notifications/cloud-channel.ts';
import { messageStore } from '../../shared/notifications/notification-store.ts';
import { sayOnce } from '../../shared/notifications/send-once-service.ts';
import { areaWorker } from '../../shared/platform/job.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { sendDigest } from './send-digest.ts';

const dependencies = (runtime: Runtime & { readonly messages?: Messages }) => {
  const { clock, count, environment, tables } = runtime;
  const told = messageStore(tables);
  const messages = runtime.messages ?? cloudMessages(environment.messages);
  return {
    alerts: alertStore(tables),
    clock,
    count,
    registry: registryStore(tables),
    sayOnce: sayOnce({ told, messages }),
    told,
  };
};

export const handler = areaWorker(dependencies, sendDigest);
