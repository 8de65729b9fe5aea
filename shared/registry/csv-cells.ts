/** A cell that does not parse stays text, so that the schema refuses it. */
export type CellReader = (text: string) => unknown;

export const readText: CellReader = (cell) => cell;
export const readInteger: CellReader = (cell) => (/^-?\d{1,15}$/.test(cell) ? Number(cell) : cell);
export const readDecimal: CellReader = (cell) => (/^\d{1,6}(\.\d{1,6})?$/.test(cell) ? Number(cell) : cell);
export const readBoolean: CellReader = (cell) => (cell === 'true' ? true : cell === 'false' ? false : cell);
export const readList = (cell: string): string[] => cell.split(';').map((one) => one.trim());

/** Example: `kg=1000;sq ft=10000/9`, where 9 sq ft are 10,000 base units. */
export const readUnits: CellReader = (cell) =>
  readList(cell).map((one) => {
    const [unit = '', base = '', per = '1'] = one.split(/[=/]/).map((part) => part.trim());
    return { unit, base: readInteger(base), per: readInteger(per) };
  });

/** Example: `members=3;looms=2`. */
const readAmounts = (cell: string): (readonly [name: string, amount: unknown])[] =>
  readList(cell).map((one) => {
    const [name = '', ...amount] = one.split('=');
    return [name.trim(), readInteger(amount.join('=').trim())];
  });

/** Example: `members=3;looms=2`. A missing or repeated name stays text. */
export const readMeans: CellReader = (cell) => {
  const amounts = readAmounts(cell);
  const names = new Set(amounts.map(([name]) => name));
  return names.size === amounts.length && !names.has('') ? Object.fromEntries(amounts) : cell;
};

/** Example: `members=12000`, one means only. */
export const readEntitlement: CellReader = (cell) => {
  const [first, ...others] = readAmounts(cell);
  return first && others.length === 0 ? { per: first[0], quantity: first[1] } : cell;
};

/** Example: `PBT-BAMBOO=5000;PBT-CORK=300`. */
export const readItemQuantities: CellReader = (cell) =>
  readAmounts(cell).map(([item, quantity]) => ({ item, quantity }));
