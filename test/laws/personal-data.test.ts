import { expect, it } from 'vitest';
import * as z from 'zod';
import { operations } from '../../shared/api/contract.ts';

/** Fields with personal data of a person: telephones, addresses, signatures, cards and codes. */
const PERSONAL = ['phone', 'email', 'signed', 'signature', 'customer', 'card', 'pin', 'confirmWith'];

/** Who may read each field, and by which operation: docs/adr/0027. Nobody may read any other. */
const DECLARED: Readonly<Record<string, readonly [fields: string, roles: string]>> = {
  getRequest: ['confirmWith', 'producer depot officer admin'],
  setPin: ['card', 'officer admin'],
  getCustomer: ['phone', 'outlet'],
  getEntry: ['email phone', 'outlet depot producer officer admin'],
  getEntryHistory: ['email phone', 'officer admin'],
  listEntries: ['email phone', 'outlet depot producer officer admin'],
  putEntry: ['email phone', 'officer admin'],
  recordVoucher: ['signed', 'outlet depot producer admin'],
  acceptTransferRequest: ['signed', 'outlet depot producer admin'],
  syncVouchers: ['signed', 'outlet depot producer admin'],
  listHeld: ['signed', 'outlet depot officer admin'],
  settleHeld: ['signed', 'officer admin'],
  getVoucher: ['signed', 'outlet depot producer officer admin'],
  getDay: ['signed', 'outlet depot producer officer admin'],
  getPassbook: ['signed', 'producer depot officer admin'],
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
