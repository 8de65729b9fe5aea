import { isAboveLastNumbers } from '../kernel/last-numbers.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { partsOf, type VoucherNumber } from '../kernel/voucher-number.ts';
import type { Terminal } from '../registry/entries.ts';

type HandedOverTerminal = Pick<Terminal, 'handedOver'> | undefined;

/** A terminal that was handed over records nothing live. */
export const refuseHandedOver = (number: VoucherNumber, terminal: HandedOverTerminal): Refusal | undefined => {
  if (!terminal?.handedOver) return undefined;
  const { by, at } = terminal.handedOver;
  return refuse('TERMINAL_HANDED_OVER', `Terminal ${partsOf(number).terminal} was handed over by ${by} at ${at}.`);
};

/** Its earlier vouchers may still be synced, up to the last numbers that the hand-over declared. */
export const refuseAboveLastNumbers = (number: VoucherNumber, terminal: HandedOverTerminal): Refusal | undefined => {
  if (!terminal?.handedOver || !isAboveLastNumbers(number, terminal.handedOver.last)) return undefined;
  const { by } = terminal.handedOver;
  return refuse(
    'TERMINAL_HANDED_OVER',
    `${number} is above the last numbers that ${by} declared as it was handed over.`,
  );
};
