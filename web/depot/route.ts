import { computed } from '@preact/signals';
import { address, hashOf } from '../app/route.ts';

const SCREENS = [
  'queue',
  'request',
  'artisan',
  'ask',
  'passbook',
  'shelf',
  'receive',
  'incoming',
  'count',
  'sharing',
  'more',
  'day',
  'voucher',
  'unsent',
] as const;
export type DepotScreen = (typeof SCREENS)[number];

export const depotRoute = computed(() => ({
  screen: SCREENS.find((one) => one === address.value.name) ?? 'queue',
  id: address.value.id,
}));

export const depotAddress = (screen: DepotScreen, id = ''): string => hashOf(screen, id);

export const DEPOT_TABS = ['queue', 'shelf', 'sharing', 'more'] as const;

const TAB_OF: Partial<Record<DepotScreen, (typeof DEPOT_TABS)[number]>> = {
  request: 'queue',
  artisan: 'queue',
  ask: 'queue',
  passbook: 'queue',
  receive: 'shelf',
  incoming: 'shelf',
  count: 'shelf',
  day: 'more',
  voucher: 'more',
  unsent: 'more',
};

export const depotTabOf = (screen: DepotScreen): DepotScreen => TAB_OF[screen] ?? screen;
