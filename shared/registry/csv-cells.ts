/** How a cell of a file is read. What does not fit stays text, for the schema to refuse. */
export type CellReader = (text: string) => unknown;

export const readText: CellReader = (cell) => cell;
export const readInteger: CellReader = (cell) => (/^-?\d{1,15}$/.test(cell) ? Number(cell) : cell);
/** `2.5`, as a factor is written. */
export const readDecimal: CellReader = (cell) => (/^\d{1,6}(\.\d{1,6})?$/.test(cell) ? Number(cell) : cell);
export const readBoolean: CellReader = (cell) => (cell === 'true' ? true : cell === 'false' ? false : cell);
export const readList = (cell: string): string[] => cell.split(';').map((one) => one.trim());

/** `kg=1000;sq ft=10000/9`: of 9 sq ft, 10,000 base units. */
export const readUnits: CellReader = (cell) =>
  readList(cell).map((one) => {
    const [unit = '', base = '', per = '1'] = one.split(/[=/]/).map((part) => part.trim());
    return { unit, base: readInteger(base), per: readInteger(per) };
  });

/** `members=3;looms=2`: names, and of each how much. */
const readAmounts = (cell: string): (readonly [name: string, amount: unknown])[] =>
  readList(cell).map((one) => {
    const [name = '', ...amount] = one.split('=');
    return [name.trim(), readInteger(amount.join('=').trim())];
  });

/** `members=3;looms=2`. Where a name is missing, or stands twice and one would be lost, it stays text. */
export const readMeans: CellReader = (cell) => {
  const said = readAmounts(cell);
  const names = new Set(said.map(([name]) => name));
  return names.size === said.length && !names.has('') ? Object.fromEntries(said) : cell;
};

/** `members=12000`: so much for each, by one means only. */
export const readEntitlement: CellReader = (cell) => {
  const [first, ...others] = readAmounts(cell);
  return first && others.length === 0 ? { per: first[0], quantity: first[1] } : cell;
};

/** `PBT-BAMBOO=5000;PBT-CORK=300`: items, and how much of each. */
export const readItemQuantities: CellReader = (cell) =>
  readAmounts(cell).map(([item, quantity]) => ({ item, quantity }));
