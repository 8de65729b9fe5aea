import '../../shared/runtime/telling.ts';
import { alertStream } from '../../shared/middleware/stream.ts';
import { announce } from './announce.ts';

export const handler = alertStream({ prepare: async () => undefined, watch: announce });
