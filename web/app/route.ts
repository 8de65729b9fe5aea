import { computed, signal } from '@preact/signals';

/** Each role knows its own screens. */
type Address = { readonly name: string; readonly id: string };

const read = (): Address => {
  const [, name = '', id = ''] = /^#\/(\w+)(?:\/(.+))?$/.exec(location.hash) ?? [];
  return { name, id: decodeURIComponent(id) };
};

export const address = signal<Address>(read());

addEventListener('hashchange', () => {
  address.value = read();
  scrollTo(0, 0);
});

export const hashOf = (name: string, id = ''): string => `#/${name}${id && `/${encodeURIComponent(id)}`}`;

/** Screens of a stall. The address holds them, so that the phone's back button works. */
const SCREENS = [
  'sell',
  'bill',
  'day',
  'goods',
  'more',
  'voucher',
  'return',
  'receive',
  'count',
  'shift',
  'unsent',
  'invoice',
  'adjust',
  'dispatch',
  'alerts',
  'handover',
] as const;
export type Screen = (typeof SCREENS)[number];

export const route = computed(() => ({
  screen: SCREENS.find((one) => one === address.value.name) ?? 'sell',
  id: address.value.id,
}));

export const addressOf = (screen: Screen, id = ''): string => hashOf(screen, id);

/** Instead of the present screen: back then leads to the one before it. */
export const replaceWith = (screen: Screen, id = ''): void => location.replace(addressOf(screen, id));

/** Where the thumb starts: one tab for each part of the work. */
export const TABS = ['sell', 'day', 'goods', 'more'] as const;
type Tab = (typeof TABS)[number];

const TAB_OF: Partial<Record<Screen, Tab>> = {
  bill: 'sell',
  voucher: 'day',
  return: 'day',
  invoice: 'day',
  unsent: 'day',
  receive: 'goods',
  adjust: 'goods',
  dispatch: 'goods',
  alerts: 'goods',
  count: 'goods',
  shift: 'more',
  handover: 'more',
};

export const tabOf = (screen: Screen): Screen => TAB_OF[screen] ?? screen;
