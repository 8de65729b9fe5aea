import { ALERT_COUNTS } from '../../shared/alerts/alert-metrics.ts';
import type { Composition } from '../../shared/api/composition.ts';
import type { LocationId, ProducerId } from '../../shared/kernel/ids.ts';
import { isRefusal, type Refusal } from '../../shared/kernel/refusal.ts';
import { Busy } from '../../shared/kernel/unavailable-error.ts';
import type { CardNumber } from '../../shared/materials/pin.ts';

type Shown = {
  readonly producer: ProducerId;
  readonly card: { readonly number: CardNumber; readonly pin: string };
  readonly depot: LocationId;
};

/** Why the card and PIN shown at a depot prove nothing; `undefined` where they do. The district hears of a lock, and of its end. */
export const refusePin = async ({ producer, card, depot }: Shown, tools: Composition): Promise<Refusal | undefined> => {
  const asked = { producer, depot, card: card.number, pin: card.pin, now: tools.clock.now() };
  const { answer, alertsAt } = await tools.pins.check(asked);
  await alertDistricts(producer, alertsAt, tools);
  return isRefusal(answer) ? answer : undefined;
};

/** Writes the alerts of a PIN lock. If the tables are busy, the next try or the hourly sweep writes them. */
export const alertDistricts = async (
  producer: ProducerId,
  depots: readonly LocationId[],
  { judgeMatter, count }: Composition,
): Promise<void> => {
  for (const location of depots) {
    const did = await judgeMatter({ location, type: 'pin', about: producer }).catch((error: unknown) => {
      if (error instanceof Busy) return [];
      throw error;
    });
    for (const one of did) count(ALERT_COUNTS[one], 1);
  }
};
