import { ok, operation } from '../../shared/platform/operation.ts';
import type { CalibrationStore } from '../../shared/replenishment/demand-model-store.ts';
import * as contract from '../../shared/replenishment/festival-contract.ts';
import type { FestivalCalendar } from '../../shared/replenishment/seasonal-calendar-service.ts';
import { calibratedFactor, isCalibrationOf } from '../../shared/replenishment/seasonal-calibration.ts';

type ListFestivalsDeps = { readonly calendar: FestivalCalendar; readonly lessons: CalibrationStore };

/** Unpaged: only some tens of festivals. */
export const listFestivals = operation(contract.listFestivals, async (_, { calendar, lessons }: ListFestivalsDeps) => {
  const [{ festivals }, all] = [await calendar([]), await lessons.all()];
  const byFestival = new Map(all.map((lesson) => [lesson.festival, lesson]));
  return ok({
    festivals: festivals.map(({ enteredFactor, factor: planned, ...festival }) => {
      const lesson = byFestival.get(festival.festival);
      const isOfIt = lesson && isCalibrationOf({ ...festival, factor: enteredFactor }, lesson);
      return {
        ...festival,
        factor: enteredFactor,
        planned: roundFactor(planned),
        taughtBy: [...festival.taughtBy],
        ...(isOfIt && { seen: { ...lesson.seen, factor: roundFactor(calibratedFactor(enteredFactor, lesson.seen)) } }),
      };
    }),
  });
});

const roundFactor = (factor: number): number => Number(factor.toFixed(2));
