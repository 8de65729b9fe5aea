import { placeKind } from '../kernel/ids.ts';
import type { Clock } from '../kernel/time.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import type { Did } from './alert-state.ts';
import { decideMatter, isMatterBehind } from './decide-exception-alert.ts';
import type { MatterKey, Seen } from './exception-alert.ts';
import type { MatterStore } from './exception-alert-store.ts';

type Stores = { readonly registry: RegistryStore; readonly matters: MatterStore; readonly clock: Clock };

/** A matter's source as it surely stands. */
export type Look = (key: MatterKey) => Promise<Seen | undefined>;

/** `seen`: what the caller has just read or written of it. */
export type JudgeMatter = (key: MatterKey, seen?: Seen) => Promise<Did[]>;

/** How often it is looked at: whoever moves it meanwhile judges it too, and so does the hourly sweep. */
const LOOKS = 10;

/**
 * Settles the alert of one matter as its source stands, whatever led here. After opening it looks once more: the source may have been settled between the
 * look and the opening, when there was no alert yet to resolve. Where another saw further, in source or registry, it looks again at both.
 */
export const judgeMatter =
  ({ registry, matters, clock }: Stores, look: Look): JudgeMatter =>
  async (key, known) => {
    const kind = placeKind(key.location);
    const did: Did[] = [];
    let [seen, place] = [known ?? (await look(key)), await registry.entry(kind, key.location)];
    for (let looks = 0; seen && place && looks < LOOKS; looks++) {
      const looked = { seen, district: place.entry.district, placeVersion: place.version, now: clock.now() };
      const stored = await matters.find(key);
      const change = decideMatter(stored, looked);
      const saved = change !== undefined && (await matters.save(change.alert));
      if (saved) did.push(change.did);
      const overtaken = change ? !saved : stored !== undefined && isMatterBehind(looked, stored);
      if (!overtaken && change?.did !== 'opened') return did;
      if (overtaken) place = (await registry.entriesNow(kind, [key.location])).get(key.location);
      const before = seen.sourceVersion;
      seen = await look(key);
      if (!overtaken && seen?.sourceVersion === before) return did;
    }
    return did;
  };
