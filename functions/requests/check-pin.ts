import { Busy } from '../../shared/domain/busy.ts';
import type { LocationId, ProducerId } from '../../shared/domain/ids.ts';
import type { CardNumber } from '../../shared/domain/materials/pin.ts';
import { isRefusal, type Refusal } from '../../shared/domain/refusal.ts';
import type { Composition } from '../../shared/runtime/composition.ts';
import { ALERT_COUNTS } from '../../shared/runtime/observability.ts';

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
