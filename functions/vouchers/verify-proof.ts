import type { Refusal } from '../../shared/kernel/refusal.ts';
import type { Asking, Claimed } from '../../shared/ledger/admit-live.ts';
import type { TerminalKeys } from '../../shared/registry/terminal-key-cache.ts';

type Sent = { readonly body: unknown; readonly proof: string | undefined };

export type VerifyProofDeps = { readonly keys: TerminalKeys };

/** `refuse`, told whether the terminal's own key signed what was sent. */
export const ifProven =
  ({ body, proof }: Sent, refuse: (asked: Claimed) => Refusal | undefined, { keys }: VerifyProofDeps) =>
  (asked: Asking): Refusal | undefined => {
    const { location: place, number, terminal } = asked;
    return refuse({ ...asked, isProven: keys.isProven(terminal?.key, { place, number, body, proof }) });
  };
