import type { Clock } from '../../shared/kernel/time.ts';
import { isWakingHour } from '../../shared/notifications/notification.ts';
import { digestRecipientsIn } from '../../shared/notifications/recipients.ts';
import type { AreaMessage } from '../../shared/platform/jobs.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { type OpenAlertsDeps, readOpenAlerts } from './digest-lines.ts';
import { type NotifyRecipientsDeps, notifyRecipient } from './notify-recipient.ts';

type SendDigestDeps = { readonly clock: Clock; readonly registry: RegistryStore } & NotifyRecipientsDeps &
  OpenAlertsDeps;

/** One message a day to each recipient. A failure does not stop the others. */
export const sendDigest = async ({ area, day }: AreaMessage, deps: SendDigestDeps): Promise<void> => {
  const now = deps.clock.now();
  if (!isWakingHour(now)) return;
  const failures: unknown[] = [];
  for (const reader of digestRecipientsIn(area, await readOpenAlerts(area, deps), await deps.registry.people(now)))
    await notifyRecipient(reader, day, deps).catch((error: unknown) => failures.push(error));
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} digests of ${area} were not sent`, { cause: failures[0] });
};
