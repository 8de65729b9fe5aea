import { httpHandler } from '../../shared/platform/http-handler.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { enrolmentService } from '../../shared/registry/enrolment-service.ts';
import { enrolmentStore } from '../../shared/registry/enrolment-store.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { terminalKeyCache } from '../../shared/registry/terminal-key-cache.ts';
import { enrolTerminal } from './enrol-terminal.ts';
import { getEntry } from './get-entry.ts';
import { getEntryHistory } from './get-entry-history.ts';
import { importEntries } from './import-entries.ts';
import { issueEnrolmentCode } from './issue-enrolment-code.ts';
import { listEntries } from './list-entries.ts';
import { listStaff } from './list-staff.ts';
import { listTerminals } from './list-terminals.ts';
import { putEntry } from './put-entry.ts';
import { getReadiness, getReadinessCounts } from './readiness.ts';
import { revokeTerminal } from './revoke-terminal.ts';
import { setConsent } from './set-consent.ts';

const dependencies = ({ clock, tables }: Runtime) => {
  const registry = registryStore(tables);
  return { clock, enrolments: enrolmentService(enrolmentStore(tables), registry), keys: terminalKeyCache(), registry };
};

export const handler = httpHandler(
  dependencies,
  getEntry,
  getEntryHistory,
  listEntries,
  putEntry,
  importEntries,
  issueEnrolmentCode,
  enrolTerminal,
  listStaff,
  listTerminals,
  revokeTerminal,
  setConsent,
  getReadiness,
  getReadinessCounts,
);
