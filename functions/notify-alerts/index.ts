import '../../shared/api/telling.ts';
import { alertStream } from '../../shared/platform/stream.ts';
import { announce } from './notify-alerts.ts';

export const handler = alertStream({ prepare: async () => undefined, watch: announce });
