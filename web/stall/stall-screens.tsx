import type { ComponentType } from 'preact';
import { lazy } from '../app/lazy.tsx';
import type { Screen } from '../app/route.ts';
import { Bill } from './bill-screen.tsx';
import { DayBook, Unsent } from './day-book.tsx';
import { Goods, More } from './menus.tsx';
import { Sell } from './sell.tsx';
import { VoucherScreen } from './voucher-screen.tsx';

/** The screens of a sale come with the first load; the others when they are opened. */
export const STALL_SCREENS: Readonly<Record<Screen, ComponentType<{ id: string }>>> = {
  sell: Sell,
  bill: Bill,
  day: DayBook,
  voucher: VoucherScreen,
  goods: Goods,
  more: More,
  unsent: Unsent,
  adjust: lazy(async () => (await import('./adjust.tsx')).Adjust),
  alerts: lazy(async () => (await import('./alerts.tsx')).Alerts),
  dispatch: lazy(async () => (await import('./dispatch.tsx')).Dispatch),
  count: lazy(async () => (await import('./count.tsx')).Count),
  handover: lazy(async () => (await import('./hand-over.tsx')).HandOver),
  invoice: lazy(async () => (await import('./invoice.tsx')).Invoice),
  receive: lazy(async () => (await import('./receive.tsx')).Receive),
  return: lazy(async () => (await import('./return.tsx')).Return),
  shift: lazy(async () => (await import('./shift.tsx')).Shift),
};
