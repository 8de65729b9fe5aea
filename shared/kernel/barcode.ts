/** Digits of GTIN-8, -12, -13 and -14 (GS1). */
const GTIN_LENGTHS: readonly number[] = [8, 12, 13, 14];

/** Checks the GS1 check digit: weights 3 and 1 from the right. */
export const isBarcode = (number: number): boolean => {
  const digits = [...String(number)].map(Number);
  if (!GTIN_LENGTHS.includes(digits.length) || digits.some(Number.isNaN)) return false;
  const sum = digits.toReversed().reduce((all, digit, at) => all + digit * (at % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
};

export const barcodeQuantityMessage = (number: number): string =>
  `${number} is a barcode, not a quantity: put the barcode's item into the line, and say how many`;
