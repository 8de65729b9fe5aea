import { randomInt } from 'node:crypto';
import { CROCKFORD_ALPHABET, type LocationId, type TerminalCode } from '../kernel/ids.ts';
import { allPages } from '../kernel/pages.ts';
import { isRefusal, type Refusal } from '../kernel/refusal.ts';
import { type Clock, type Day, dayOf } from '../kernel/time.ts';
import { RETRY, retry } from '../platform/retry.ts';
import { type CodeGrant, decideEnrolment, type EnrolmentRequest, refuseOtherPhone } from './enrolment.ts';
import type { EnrolmentStore } from './enrolment-store.ts';
import type { Terminal } from './entries.ts';
import type { RegistryStore } from './registry-store.ts';

/** Cryptographically random, 5 bits a character. */
const randomCode = (length: number): string =>
  Array.from({ length }, () => CROCKFORD_ALPHABET[randomInt(CROCKFORD_ALPHABET.length)]).join('');

/** An e-invoice number, and so a terminal code, must not begin with 0. */
export const randomTerminalCode = (): TerminalCode => {
  const code = randomCode(5);
  return code.startsWith('0') ? randomTerminalCode() : (code as TerminalCode);
};

const drawCode = (): string => randomCode(8);

/** Codes that are not stored yet: a hand-over stores them in its own transaction. */
export const drawEnrolmentCodes = (count: number): string[] => Array.from({ length: count }, drawCode);

export type EnrolmentResult = {
  readonly did: 'enrolled' | 'repeated';
  readonly code: TerminalCode;
  readonly terminal: Terminal;
};

export type EnrolmentService = ReturnType<typeof enrolmentService>;

export const enrolmentService = (store: EnrolmentStore, registry: Pick<RegistryStore, 'read'>) => ({
  issue: async (grant: CodeGrant): Promise<string> => {
    for (;;) {
      const code = drawCode();
      if (await store.put(code, grant)) return code;
    }
  },

  /** The same installation, code and key get the same terminal. */
  enrol: (request: EnrolmentRequest): Promise<EnrolmentResult | Refusal> => {
    const { location, code } = request;
    const codesOfThisCall = new Set<TerminalCode>();
    return retry(async () => {
      const granted = await store.find(location, code);
      const used = granted?.terminal;
      if (used) {
        const registered = await registry.read('terminals', used);
        if (!registered) throw new Error(`a used code names terminal ${used}, which does not exist`);
        const refused = refuseOtherPhone(registered.entry, request);
        if (refused) return refused;
        // Drawn by this call, whose answer was lost: it is new.
        const did = codesOfThisCall.has(used) ? 'enrolled' : 'repeated';
        return { did, code: used, terminal: registered.entry };
      }
      const terminal = decideEnrolment(granted, request);
      if (isRefusal(terminal)) return terminal;
      const drawn = randomTerminalCode();
      codesOfThisCall.add(drawn);
      return (await store.enrol(code, drawn, terminal)) ? { did: 'enrolled', code: drawn, terminal } : RETRY;
    });
  },
});

export type FirstDay = ReturnType<typeof findFirstDay>;

/** The day of the first enrolment. Late vouchers mark their own day. */
export const findFirstDay =
  ({ registry, clock }: { readonly registry: RegistryStore; readonly clock: Clock }) =>
  async (location: LocationId): Promise<Day> => {
    const terminals = await allPages((after) => registry.list('terminals', after));
    const enrolments = terminals
      .filter(({ entry }) => entry.location === location)
      .map(({ entry }) => entry.enrolledAt);
    return dayOf(enrolments.toSorted()[0] ?? clock.now());
  };
