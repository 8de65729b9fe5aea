import { countAlerts } from '../../shared/alerts/alert-evaluation-service.ts';
import type { EvaluateExceptionAlert } from '../../shared/alerts/exception-alert-service.ts';
import type { ProducerId, StockLocationId } from '../../shared/kernel/ids.ts';
import { isRefusal, type Refusal } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import type { CardNumber } from '../../shared/materials/pin.ts';
import type { PinService } from '../../shared/materials/pin-service.ts';
import { UnavailableError } from '../../shared/platform/retry.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';

type PresentedCard = {
  readonly producer: ProducerId;
  readonly card: { readonly number: CardNumber; readonly pin: string };
  readonly depot: StockLocationId;
};

export type RefusePinDeps = { readonly clock: Clock; readonly pins: PinService } & AlertDistrictsDeps;

export const refusePin = async (
  { producer, card, depot }: PresentedCard,
  deps: RefusePinDeps,
): Promise<Refusal | undefined> => {
  const attempt = { producer, depot, card: card.number, pin: card.pin, now: deps.clock.now() };
  const { answer, alertsAt } = await deps.pins.check(attempt);
  await evaluatePinAlerts(producer, alertsAt, deps);
  return isRefusal(answer) ? answer : undefined;
};

export type AlertDistrictsDeps = { readonly count: CountMetric; readonly evaluateException: EvaluateExceptionAlert };

/** If the tables are busy, the next try or the hourly sweep does it. */
export const evaluatePinAlerts = async (
  producer: ProducerId,
  depots: readonly StockLocationId[],
  { evaluateException, count }: AlertDistrictsDeps,
): Promise<void> => {
  for (const location of depots) {
    const changes = await evaluateException({ location, type: 'pin', about: producer }).catch((error: unknown) => {
      if (error instanceof UnavailableError) return [];
      throw error;
    });
    countAlerts(count, changes);
  }
};
