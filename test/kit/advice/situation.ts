import type { Contract } from '../../../shared/api/contract.ts';
import type { ErrorCode } from '../../../shared/kernel/problems.ts';
import type { Problem } from '../../../shared/kernel/refusal.ts';
import type { LedgerKind } from '../../../shared/ledger/voucher-kind.ts';
import type { Book } from '../book.ts';

/** A reply of the typed client, as far as following advice needs it. */
export type Answer = { readonly status: number } & ({ readonly ok: true } | { readonly ok: false; problem: Problem });

/** A user meets a problem and does what it says. */
export type Situation = {
  /** The operation, or the kind of voucher, that answers with the problem. */
  readonly at: keyof Contract | LedgerKind;
  readonly code: ErrorCode;
  /** The words of `whatToDo` or `detail` that are followed. */
  readonly advice: string;
  /** The refused request first, then what the words say; the last answer must be a success. */
  readonly play: (book: Book) => Promise<readonly [met: Answer, ...followed: Answer[]]>;
};
