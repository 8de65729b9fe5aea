/** Telephones and e-mail addresses, as services repeat them in their errors. */
const CONTACTS = /\+\d{10,13}|[\w.+-]+@[\w-]+\.[\w.]+/g;
export const withoutContacts = (text: unknown): string => String(text).replace(CONTACTS, '…');

type Fields = Readonly<Record<string, unknown>>;
/** As Powertools writes an error, whose enumerable fields it adds all. */
const isWrittenError = (value: object): value is Fields =>
  'stack' in value && 'message' in value && 'location' in value;

/** Why a transaction was refused, item by item: the code only, not the item that was in the way. */
const codesOf = (reasons: unknown) =>
  Array.isArray(reasons) && { reasons: reasons.map((reason: { Code?: string }) => reason?.Code ?? 'None') };

/**
 * What may be logged of an error. An error of the SDK has the item that was in the way (`ReturnValuesOnConditionCheckFailure`), the
 * request and the answer: these hold personal data, and logs are kept and read by others than the tables.
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
