import type { Refusal } from '../../shared/kernel/refusal.ts';
import type { SubmissionWithProof, SubmissionWithTerminal } from '../../shared/ledger/admit-live.ts';
import type { TerminalKeys } from '../../shared/registry/terminal-key-cache.ts';

type SignedBody = { readonly body: unknown; readonly proof: string | undefined };

export type VerifyProofDeps = { readonly keys: TerminalKeys };

/** Tells `refuse` whether the terminal's own key signed the body. */
export const withProofCheck =
  (
    { body, proof }: SignedBody,
    refuse: (submission: SubmissionWithProof) => Refusal | undefined,
    { keys }: VerifyProofDeps,
  ) =>
  (submission: SubmissionWithTerminal): Refusal | undefined => {
    const { location: place, number, terminal } = submission;
    return refuse({ ...submission, isProven: keys.isProven(terminal?.key, { place, number, body, proof }) });
  };
