import { isAboveLastNumbers } from '../kernel/last-numbers.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { partsOf, type VoucherNumber } from '../kernel/voucher-number.ts';
import type { Terminal } from '../registry/entries.ts';

type HandedOverTerminal = Pick<Terminal, 'handedOver'> | undefined;

/** Once its stall is handed over, nothing happens on a terminal any more. */
export const refuseHandedOver = (number: VoucherNumber, terminal: HandedOverTerminal): Refusal | undefined => {
  if (!terminal?.handedOver) return undefined;
  const { by, at } = terminal.handedOver;
  return refuse('TERMINAL_HANDED_OVER', `Terminal ${partsOf(number).terminal} was handed over by ${by} at ${at}.`);
};

/** What it recorded before may come at any time: it is what does not go beyond the last numbers that were declared. */
export const refuseAboveLastNumbers = (number: VoucherNumber, terminal: HandedOverTerminal): Refusal | undefined => {
  if (!terminal?.handedOver || !isAboveLastNumbers(number, terminal.handedOver.last)) return undefined;
  const { by } = terminal.handedOver;
  return refuse(
    'TERMINAL_HANDED_OVER',
    `${number} is above the last numbers that ${by} declared as it was handed over.`,
  );
};
