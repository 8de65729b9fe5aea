import { signal } from '@preact/signals';

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
] as const;
export type Screen = (typeof SCREENS)[number];

type Route = { readonly screen: Screen; readonly id: string };

const read = (): Route => {
  const [, name = '', id = ''] = /^#\/(\w+)(?:\/(.+))?$/.exec(location.hash) ?? [];
  return { screen: SCREENS.find((one) => one === name) ?? 'sell', id: decodeURIComponent(id) };
};

export const route = signal<Route>(read());

export const addressOf = (screen: Screen, id = ''): string => `#/${screen}${id && `/${encodeURIComponent(id)}`}`;

/** Instead of the present screen: back then leads to the one before it. */
export const replaceWith = (screen: Screen, id = ''): void => location.replace(addressOf(screen, id));

addEventListener('hashchange', () => {
  route.value = read();
  scrollTo(0, 0);
});

/** Where the thumb starts: one tab for each part of the work. */
export const TABS = ['sell', 'day', 'goods', 'more'] as const;
type Tab = (typeof TABS)[number];

const TAB_OF: Partial<Record<Screen, Tab>> = {
  bill: 'sell',
  voucher: 'day',
  return: 'day',
  unsent: 'day',
  receive: 'goods',
  count: 'goods',
  shift: 'more',
};

export const tabOf = (screen: Screen): Screen => TAB_OF[screen] ?? screen;
