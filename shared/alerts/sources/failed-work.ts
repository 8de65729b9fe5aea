import type { LocationId } from '../../kernel/ids.ts';
import type { FailedWorkEvidence } from '../evidence.ts';
import type { AlertSource, ExceptionAlert } from '../exception-alert.ts';

/** The work at a location fails, until it succeeds. `sourceVersion`: rises with each time that it is told. */
export const failedWorkSource = (
  location: LocationId,
  figures: FailedWorkEvidence,
  sourceVersion: number,
): AlertSource => ({
  ...{ location, type: 'failed', about: figures.work, sourceVersion, figures },
  cause: figures.problem !== undefined,
});

/** The alert is its own source: work that failed is known of from it alone. */
export const storedFailedWorkSource = ({
  location,
  figures,
  sourceVersion,
}: Extract<ExceptionAlert, { type: 'failed' }>): AlertSource => failedWorkSource(location, figures, sourceVersion);
