/** Imported first: simulated deaths must not be logged as faults. */
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';

import '../local/quiet.ts';
