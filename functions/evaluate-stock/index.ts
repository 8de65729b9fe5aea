import { stockStream } from '../../shared/platform/stream.ts';
import { rememberItems, watchStock } from './evaluate-stock.ts';

export const handler = stockStream({ prepare: rememberItems, watch: watchStock });
