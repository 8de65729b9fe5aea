import type { LocationId } from '../../shared/domain/ids.ts';
import type { HandingOver } from '../../shared/domain/vouchers/decision.ts';
import type { HandOver } from '../../shared/domain/vouchers/hand-over.ts';
import { partsOf } from '../../shared/domain/vouchers/number.ts';
import { isCancelled } from '../../shared/domain/vouchers/voucher.ts';
import type { Composition } from '../../shared/runtime/composition.ts';

/** What a hand-over is decided on: its terminals as they surely stand, if they are of this stall, and its sheets, each a unit. */
export const handingOver = async (
  location: LocationId,
  { terminals, sheets }: HandOver,
  { registry, ledger, enrolments }: Composition,
): Promise<HandingOver> => {
  const codes = terminals.map(({ terminal }) => terminal);
  const found = await registry.entriesNow('terminals', codes);
  const counts = sheets.filter((number) => partsOf(number).kind === 'C');
  const inBook = await ledger.among(location, counts);
  return {
    terminals: new Map([...found].filter(([, { entry }]) => entry.location === location)),
    sheets: new Set(inBook.filter(({ claim }) => !isCancelled(claim)).map(({ number }) => number)),
    codes: enrolments.draw(codes.length),
  };
};
