import type { PhoneKey } from './phone-key.ts';

type ProvableRequest = { readonly path?: Record<string, string>; readonly body?: unknown };

/**
 * Adds the phone's key to enrolments, and proofs to vouchers and requests. Existing proofs stay.
 */
export const addProof = async (id: string, request: ProvableRequest, phone: PhoneKey): Promise<unknown> => {
  const { path = {}, body } = request;
  if (!isObject(body)) return body;
  switch (id) {
    case 'enrolTerminal':
      return { key: phone.key, ...body };
    case 'recordVoucher':
    case 'acceptTransferRequest':
      return { proof: await phone.prove(path.location ?? '', path.number ?? '', body), ...body };
    case 'submitRequest':
      return { proof: await phone.prove(path.producer ?? '', path.number ?? '', body), ...body };
    case 'syncVouchers':
      return Array.isArray(body.vouchers)
        ? {
            ...body,
            vouchers: await Promise.all(body.vouchers.map((one) => addProofToVoucher(path.location ?? '', one, phone))),
          }
        : body;
    default:
      return body;
  }
};

const addProofToVoucher = async (place: string, one: unknown, phone: PhoneKey): Promise<unknown> =>
  isObject(one) && typeof one.number === 'string'
    ? { proof: await phone.prove(place, one.number, one.claim), ...one }
    : one;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
