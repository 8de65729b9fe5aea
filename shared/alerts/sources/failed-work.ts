import type { Place } from '../../kernel/ids.ts';
import type { FailedFigures } from '../evidence.ts';
import type { Matter, Seen } from '../exception-alert.ts';

/** The work at a location fails, until it succeeds. `sourceVersion`: rises with each time that it is told. */
export const failedMatter = (location: Place, figures: FailedFigures, sourceVersion: number): Seen => ({
  ...{ location, type: 'failed', about: figures.work, sourceVersion, figures },
  cause: figures.problem !== undefined,
});

/** The alert is its own source: work that failed is known of from it alone. */
export const failedAgain = ({ location, figures, sourceVersion }: Extract<Matter, { type: 'failed' }>): Seen =>
  failedMatter(location, figures, sourceVersion);
