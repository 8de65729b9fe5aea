import type { ShownAlert } from '../../shared/contract/operations/shown-alert.ts';
import type { Alert } from '../../shared/domain/alerts/alert.ts';
import { keyOf } from '../../shared/domain/alerts/alert-key.ts';
import { asOf } from '../../shared/domain/alerts/life.ts';
import type { Instant } from '../../shared/domain/time.ts';

/** An alert as it is now, under the key by which it is taken on. */
export const shown = (alert: Alert, now: Instant): ShownAlert => ({ ...asOf(alert, now), alert: keyOf(alert) });
