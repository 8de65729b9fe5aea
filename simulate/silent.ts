/** Imported first: simulated deaths are no faults to log. */
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';

import '../local/quiet.ts';
