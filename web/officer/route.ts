import { computed } from '@preact/signals';
import { address, hashOf } from '../app/route.ts';

const SCREENS = [
  'overview',
  'district',
  'place',
  'alerts',
  'held',
  'heldVoucher',
  'transfers',
  'registry',
  'kind',
  'entry',
  'import',
  'entitlements',
  'festivals',
  'reports',
  'report',
  'more',
] as const;
export type OfficeScreen = (typeof SCREENS)[number];

export const officeRoute = computed(() => ({
  screen: SCREENS.find((one) => one === address.value.name) ?? 'overview',
  id: address.value.id,
}));

/** `parts`: joined by a space, which no id has. */
export const officeAddress = (screen: OfficeScreen, ...parts: readonly string[]): string =>
  hashOf(screen, parts.join(' '));

export const OFFICE_TABS = ['overview', 'alerts', 'reports', 'more'] as const;
type OfficeTab = (typeof OFFICE_TABS)[number];

const TAB_OF: Partial<Record<OfficeScreen, OfficeTab>> = {
  district: 'overview',
  place: 'overview',
  held: 'alerts',
  heldVoucher: 'alerts',
  transfers: 'alerts',
  report: 'reports',
};

export const officeTabOf = (screen: OfficeScreen): OfficeTab =>
  TAB_OF[screen] ?? OFFICE_TABS.find((tab) => tab === screen) ?? 'more';
