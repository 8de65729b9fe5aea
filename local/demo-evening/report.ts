import type { DemoEvening } from './play.ts';

export const reportEvening = (evening: DemoEvening): string => {
  const { from, to, name, syncOutcomes, counted, settled, mismatches, over, vouchers, drifts, shelf, other } = evening;
  const [first = [], second = []] = syncOutcomes;
  const many = (outcomes: readonly string[], which: string) => outcomes.filter((one) => one === which).length;
  const isRight = shelf.truly === shelf.book && other.truly === other.book;
  return `
An evening at ${from}: two phones, one of them without a link

  sold without a link     3 ${name}; brought later: ${many(first, 'recorded')} recorded; sent again: ${many(second, 'repeated')} repeated, ${many(second, 'recorded')} doubled
  counted meanwhile       ${counted}, by the other phone, which sold one before and one after
  not to be admitted      ${many(first, 'held')} held, with an item that nobody knows; an officer looked at it: ${settled}
  came back               1, and its money was given back
  sent to ${to.padEnd(15)} 3, of which 2 came in two deliveries: ${mismatches === 1 ? 'the district is told, once' : `TOLD ${mismatches} TIMES`}
  shifts closed           2, their tills ${over.every((amount) => amount === 0) ? 'right to the paisa' : `OFF BY ${over.join(', ')} PAISE`}
  audit of both stalls    ${vouchers} vouchers, ${drifts === 0 ? 'no drift' : `${drifts} DRIFTS`}
  truth and book          ${isRight ? `the same: ${shelf.book} here, ${other.book} there` : `DIFFER: ${shelf.truly} and ${shelf.book} here, ${other.truly} and ${other.book} there`}
`;
};
