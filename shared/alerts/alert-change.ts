import type { Alert } from './alert.ts';
import { stands } from './alert-state.ts';

export const HAPPENINGS = ['opened', 'acknowledged', 'snoozed', 'woken', 'escalated', 'resolved'] as const;
export type Happening = (typeof HAPPENINGS)[number];

/** What happened to an alert from one write to the next, in its order. That figures move is no news of its own. */
export const happened = (before: Alert | undefined, after: Alert): readonly Happening[] => {
  if (!before || !stands(before) || before.episode !== after.episode) return stands(after) ? ['opened'] : [];
  if (!stands(after)) return ['resolved'];
  const turned = STATES[after.state];
  const again = after.state === 'snoozed' && before.snoozed?.until !== after.snoozed?.until;
  return [
    ...(turned && (before.state !== after.state || again) ? [turned] : []),
    ...(before.level === after.level ? [] : (['escalated'] as const)),
  ];
};

const STATES = { open: 'woken', acknowledged: 'acknowledged', snoozed: 'snoozed', resolved: undefined } as const;
