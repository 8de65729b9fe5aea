import { normalizeNumber } from '../kernel/voucher-number.ts';
import { proofText, signedClaimText, type TerminalKey } from '../registry/terminal-key.ts';

/** The public half enrols a terminal; the private half signs. */
export type PhoneKey = {
  readonly key: TerminalKey;
  /** Fields beside the claim, such as `clock`, are not signed. */
  prove(place: string, number: string, body: unknown): string | Promise<string>;
};

type WebCryptoKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;
type KeyPair = { readonly publicKey: WebCryptoKey; readonly privateKey: WebCryptoKey };

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/**
 * WebCrypto. In IndexedDB no script can read the private half.
 *
 * @example
 * const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
 * const pair = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
 * const client = createClient(base, token, fetch, await createPhoneKey(pair));
 */
export const createPhoneKey = async ({ publicKey, privateKey }: KeyPair): Promise<PhoneKey> => {
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey);
  return {
    key: { kty: 'EC', crv: 'P-256', x, y },
    prove: async (place, number, body) => {
      const hash = await crypto.subtle.digest('SHA-256', bytesOf(signedClaimText(body)));
      // The server normalises the number too.
      const text = proofText(place, normalizeNumber(number), base64url(hash));
      return base64url(await crypto.subtle.sign(ALGORITHM, privateKey, bytesOf(text)));
    },
  };
};

export const generatePhoneKey = async (): Promise<PhoneKey> =>
  createPhoneKey(await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']));

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

const base64url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

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
  isObject(one) && typeof one.number === 'string' && one.claim !== undefined
    ? { proof: await phone.prove(place, one.number, one.claim), ...one }
    : one;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
