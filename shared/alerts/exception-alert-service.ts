import { locationKind } from '../kernel/ids.ts';
import type { Clock } from '../kernel/time.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import type { AlertOutcome } from './alert-state.ts';
import { decideExceptionAlert, isSourceBehind } from './decide-exception-alert.ts';
import type { AlertSource, ExceptionAlertKey } from './exception-alert.ts';
import type { ExceptionAlertStore } from './exception-alert-store.ts';

type Stores = { readonly registry: RegistryStore; readonly matters: ExceptionAlertStore; readonly clock: Clock };

/** A matter's source as it surely stands. */
export type ReadAlertSource = (key: ExceptionAlertKey) => Promise<AlertSource | undefined>;

/** `seen`: what the caller has just read or written of it. */
export type EvaluateExceptionAlert = (key: ExceptionAlertKey, seen?: AlertSource) => Promise<AlertOutcome[]>;

/** How often it is looked at: whoever moves it meanwhile judges it too, and so does the hourly sweep. */
const MAX_EVALUATIONS = 10;

/**
 * Settles the alert of one matter as its source stands, whatever led here. After opening it looks once more: the source may have been settled between the
 * look and the opening, when there was no alert yet to resolve. Where another saw further, in source or registry, it looks again at both.
 */
export const evaluateExceptionAlert =
  ({ registry, matters, clock }: Stores, look: ReadAlertSource): EvaluateExceptionAlert =>
  async (key, known) => {
    const kind = locationKind(key.location);
    const did: AlertOutcome[] = [];
    let [source, place] = [known ?? (await look(key)), await registry.entry(kind, key.location)];
    for (let looks = 0; source && place && looks < MAX_EVALUATIONS; looks++) {
      const looked = { source, district: place.entry.district, placeVersion: place.version, now: clock.now() };
      const stored = await matters.find(key);
      const change = decideExceptionAlert(stored, looked);
      const saved = change !== undefined && (await matters.save(change.alert));
      if (saved) did.push(change.outcome);
      const overtaken = change ? !saved : stored !== undefined && isSourceBehind(looked, stored);
      if (!overtaken && change?.outcome !== 'opened') return did;
      if (overtaken) place = (await registry.entriesNow(kind, [key.location])).get(key.location);
      const before = source.sourceVersion;
      source = await look(key);
      if (!overtaken && source?.sourceVersion === before) return did;
    }
    return did;
  };
