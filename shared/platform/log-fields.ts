/** Services repeat phone numbers and e-mail addresses in their errors. */
const CONTACTS = /\+\d{10,13}|[\w.+-]+@[\w-]+\.[\w.]+/g;
export const withoutContacts = (text: unknown): string => String(text).replace(CONTACTS, '…');

type Fields = Readonly<Record<string, unknown>>;
/** Powertools adds all enumerable fields of an error. */
const isWrittenError = (value: object): value is Fields =>
  'stack' in value && 'message' in value && 'location' in value;

/** Codes only: the items hold data. */
const codesOf = (reasons: unknown) =>
  Array.isArray(reasons) && { reasons: reasons.map((reason: { Code?: string }) => reason?.Code ?? 'None') };

/**
 * Removes personal data from an error before it is logged. SDK errors hold the stored item, the
 * request and the response. Logs have other readers than the tables.
 */
export const withoutData = (_key: string, value: unknown): unknown => {
  if (value instanceof Error) {
    const { name, message, stack, cause } = value;
    const lean = new Error(withoutContacts(message), cause instanceof Error ? { cause } : undefined);
    const reasons = 'CancellationReasons' in value && codesOf(value.CancellationReasons);
    return Object.assign(lean, { name, stack: withoutContacts(stack), ...reasons });
  }
  if (typeof value !== 'object' || value === null || !isWrittenError(value)) return value;
  const { name, location, message, stack, cause, reasons, CancellationReasons } = value;
  return {
    ...{ name, location, message: withoutContacts(message), stack: withoutContacts(stack) },
    ...(typeof cause === 'object' && { cause }),
    ...(reasons !== undefined && { reasons }),
    ...codesOf(CancellationReasons),
  };
};
