import { expect, it } from 'vitest';
import * as z from 'zod';
import { operations } from '../../shared/api/contract.ts';

/** Fields with personal data: telephones, addresses, buyers, signatures, cards and codes. */
const PERSONAL = ['phone', 'email', 'signed', 'signature', 'customer', 'buyer', 'card', 'pin', 'confirmWith'];

/** The roles and operations that may read each field: docs/adr/0027. No others may. */
const DECLARED: Readonly<Record<string, readonly [fields: string, roles: string]>> = {
  getRequest: ['confirmWith', 'producer depot officer admin'],
  setPin: ['card', 'officer admin'],
  getBill: ['buyer', 'outlet officer admin'],
  getCustomer: ['phone', 'outlet'],
  getEntry: ['email phone', 'outlet depot producer officer admin'],
  getEntryHistory: ['email phone', 'officer admin'],
  // The GSTIN alone.
  listBills: ['buyer', 'officer admin'],
  listEntries: ['email phone', 'outlet depot producer officer admin'],
  putEntry: ['email phone', 'officer admin'],
  recordVoucher: ['buyer signed', 'outlet depot producer admin'],
  acceptTransferRequest: ['buyer signed', 'outlet depot producer admin'],
  syncVouchers: ['buyer signed', 'outlet depot producer admin'],
  listHeld: ['buyer signed', 'outlet depot officer admin'],
  settleHeld: ['buyer signed', 'officer admin'],
  getVoucher: ['buyer signed', 'outlet depot producer officer admin'],
  getDay: ['buyer signed', 'outlet depot producer officer admin'],
  getPassbook: ['buyer signed', 'producer depot officer admin'],
};

const fieldsIn = (schema: z.ZodType): string[] => {
  const text = JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }));
  return PERSONAL.filter((field) => text.includes(`"${field}":{`)).toSorted();
};

it('every operation that answers with personal data declares it, and who may read it', () => {
  const found = operations.flatMap(({ id, reply, access }) => {
    const fields = fieldsIn(reply);
    return fields.length > 0 ? [[id, [fields.join(' '), access === 'open' ? 'open' : access.roles.join(' ')]]] : [];
  });
  expect(Object.fromEntries(found)).toEqual(DECLARED);
});
