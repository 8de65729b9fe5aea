import type { Refusal } from '../../shared/domain/refusal.ts';
import type { Asking, Claimed } from '../../shared/domain/vouchers/admit-live.ts';
import type { Composition } from '../../shared/runtime/composition.ts';

type Sent = { readonly body: unknown; readonly proof: string | undefined };

/** `refuse`, told whether the terminal's own key signed what was sent. */
export const ifProven =
  ({ body, proof }: Sent, refuse: (asked: Claimed) => Refusal | undefined, { keys }: Pick<Composition, 'keys'>) =>
  (asked: Asking): Refusal | undefined => {
    const { location: place, number, terminal } = asked;
    return refuse({ ...asked, isProven: keys.isProven(terminal?.key, { place, number, body, proof }) });
  };
