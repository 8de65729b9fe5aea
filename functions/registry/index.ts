import { http } from '../../shared/platform/http.ts';
import { enrolTerminal } from './enrol-terminal.ts';
import { getEntry } from './get-entry.ts';
import { importEntries } from './import-entries.ts';
import { issueEnrolmentCode } from './issue-enrolment-code.ts';
import { listEntries } from './list-entries.ts';
import { listTerminals } from './list-terminals.ts';
import { putEntry } from './put-entry.ts';
import { revokeTerminal } from './revoke-terminal.ts';

export const handler = http(
  getEntry,
  listEntries,
  putEntry,
  importEntries,
  issueEnrolmentCode,
  enrolTerminal,
  listTerminals,
  revokeTerminal,
);
