import type { AreaId } from '../kernel/ids.ts';
import type { Version } from '../kernel/quantity.ts';
import type { Clock } from '../kernel/time.ts';
import type { MetricName } from '../platform/metric-names.ts';
import type { CountMetric } from '../platform/telemetry.ts';
import type { Alert, SourceState } from './alert.ts';
import { decideAlert, isBehind } from './alert-lifecycle.ts';
import type { AlertOutcome } from './alert-state.ts';
import type { AlertStore } from './alert-store.ts';

const ALERT_COUNTS: Record<AlertOutcome, MetricName> = {
  opened: 'AlertsOpened',
  refreshed: 'AlertsRefreshed',
  woken: 'AlertsWoken',
  escalated: 'AlertsEscalated',
  resolved: 'AlertsResolved',
};

export const countAlerts = (count: CountMetric, outcomes: readonly AlertOutcome[]): void => {
  for (const outcome of outcomes) count(ALERT_COUNTS[outcome], 1);
};

/** `cached` entries may be one minute old. `current` ones are strongly consistent. */
type RegistryFreshness = 'cached' | 'current';

export type LocationEntry = { readonly district: AreaId; readonly placeVersion: Version };

/** `versionOf(source)` rises with every change. */
export type SubjectReader<Subject, Source, Entries extends LocationEntry> = {
  readonly source: (subject: Subject) => Promise<Source | undefined>;
  readonly versionOf: (source: Source) => number;
  readonly entries: (subject: Subject, freshness: RegistryFreshness) => Promise<Entries | undefined>;
  readonly stored: (subject: Subject) => Promise<(type: Alert['type']) => Alert | undefined>;
  readonly states: (source: Source, entries: Entries) => Promise<readonly SourceState[]>;
};

type EvaluationDeps = { readonly alerts: Pick<AlertStore, 'save'>; readonly clock: Clock };

/** The sweep evaluates the subject again. */
const MAX_ROUNDS = 10;

/**
 * Rereads the source after it opens an alert, because the source may already be settled. Rereads
 * source and registry if the stored alert is newer.
 */
export const alertEvaluator =
  <Subject, Source, Entries extends LocationEntry>(
    { alerts, clock }: EvaluationDeps,
    reader: SubjectReader<Subject, Source, Entries>,
  ) =>
  async (subject: Subject, known?: Source): Promise<AlertOutcome[]> => {
    const outcomes: AlertOutcome[] = [];
    let source = known ?? (await reader.source(subject));
    let entries = await reader.entries(subject, 'cached');
    for (let round = 0; source && entries && round < MAX_ROUNDS; round++) {
      const { opened, overtaken } = await evaluate(source, entries);
      if (!opened && !overtaken) return outcomes;
      if (overtaken) entries = await reader.entries(subject, 'current');
      const version = reader.versionOf(source);
      source = await reader.source(subject);
      if (!overtaken && source && reader.versionOf(source) === version) return outcomes;
    }
    return outcomes;

    async function evaluate(found: Source, registered: Entries) {
      const { district, placeVersion } = registered;
      const now = clock.now();
      const states = await reader.states(found, registered);
      const storedOf = await reader.stored(subject);
      let opened = false;
      let overtaken = false;
      for (const state of states) {
        const stored = storedOf(state.type);
        const evaluation = { source: state, district, placeVersion, now };
        const change = decideAlert(stored, evaluation);
        const saved = change !== undefined && (await alerts.save(change.alert));
        overtaken ||= change ? !saved : stored !== undefined && isBehind(evaluation, stored);
        if (!change || !saved) continue;
        outcomes.push(change.outcome);
        opened ||= change.outcome === 'opened';
      }
      return { opened, overtaken };
    }
  };
