/** Imported first: processes die here by the hundred, and none of it is a fault to be logged. */
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';

import '../local/quiet.ts';
