import { canReach } from '../../shared/kernel/access.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { type Clock, dayOf } from '../../shared/kernel/time.ts';
import type { JobQueue } from '../../shared/platform/job-handler.ts';
import { created, ok, operation } from '../../shared/platform/operation.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import * as contract from '../../shared/reports/export-contract.ts';
import {
  type ExportHead,
  type ExportPart,
  exportIdOf,
  exportPartsOf,
  exportProgressOf,
  isToQueueAgain,
} from '../../shared/reports/export-request.ts';
import type { ExportStore } from '../../shared/reports/export-store.ts';
import { refuseOpenPeriod } from '../../shared/reports/seller-month-service.ts';

type RequestExportDeps = {
  readonly clock: Clock;
  readonly queue: JobQueue;
  readonly registry: RegistryStore;
  readonly exportRequests: ExportStore;
};

export const requestExport = operation(
  contract.requestExport,
  async ({ body, caller }, { clock, queue, registry, exportRequests }: RequestExportDeps) => {
    const { month, area } = body;
    const target = area === 'state' ? ({ kind: 'state' } as const) : ({ kind: 'district', district: area } as const);
    if (!(await canReach(caller, target, async () => undefined)))
      return refuse('FORBIDDEN', `The export is of ${area}, which is outside the token's scope.`);
    const now = clock.now();
    const open = refuseOpenPeriod(month, now);
    if (open) return open;
    if (area !== 'state' && !(await registry.entry('districts', area)))
      return refuse('NOT_FOUND', `There is no district ${area}.`);

    const id = exportIdOf(body);
    const made = await exportRequests.create(id, caller.sub, now);
    const found = made ?? (await exportRequests.find(id, now));
    if (!found) return refuse('BUSY', 'This export expires at this moment.');
    const parts = made ? [] : await exportRequests.parts(id);
    const isQueued = !made && !isToQueueAgain(found, exportProgressOf(found, parts).state, now);
    if (isQueued) return ok(exportReplyOf(found, parts));
    const head = { ...found, queuedAt: now };
    if (!made) await exportRequests.update(head, ['queuedAt', now]);
    const { requestedAt } = head;
    const message = { job: 'export-vouchers', area, day: dayOf(now), export: id, requestedAt } as const;
    await queue.send('export-vouchers', [message]);
    return (made ? created : ok)(exportReplyOf(head, parts));
  },
);

export const exportReplyOf = (head: ExportHead, parts: readonly ExportPart[]) => {
  const { state, files, failed } = exportProgressOf(head, parts);
  const { export: id, requestedAt, expiresAt, locations } = head;
  return {
    export: id,
    ...exportPartsOf(id),
    state,
    requestedAt,
    expiresAt,
    ...(locations !== undefined && { locations }),
    written: files.length,
    vouchers: files.reduce((sum, { vouchers }) => sum + vouchers, 0),
    failed,
  };
};
