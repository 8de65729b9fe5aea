import { expect, it } from 'vitest';
import { TerminalCode } from '../../shared/kernel/ids.ts';
import { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { randomTerminalCode } from '../../shared/registry/enrolment-service.ts';

/** `DocDtls.No` of the e-invoice schema INV-01. */
const E_INVOICE_NUMBER = /^[a-zA-Z1-9][a-zA-Z0-9/-]{0,15}$/;

it('No new terminal begins with 0, so that its numbers may be on an e-invoice.', () => {
  const codes = Array.from({ length: 2_000 }, randomTerminalCode);
  for (const code of codes) expect(`${TerminalCode.parse(code)}S2611220001`).toMatch(E_INVOICE_NUMBER);
  expect(new Set(codes.map((code) => code[0])).size).toBe(31);
});

it('A terminal that was drawn with 0 before stays valid.', () => {
  expect(VoucherNumber.safeParse('0KQ2MS2611220007').success).toBe(true);
});
