import { stockStream } from '../../shared/middleware/stream.ts';
import { rememberItems, watchStock } from './watch-stock.ts';

export const handler = stockStream({ prepare: rememberItems, watch: watchStock });
