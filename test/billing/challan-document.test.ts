import { expect, it } from 'vitest';
import { Challan } from '../../shared/billing/challan.ts';
import { getChallan } from '../../shared/billing/challan-contract.ts';
import { challanDocumentOf } from '../../shared/billing/challan-document.ts';

/** Two sacks of one material, in kg. */
const challanOf = (takenBack: string) => {
  const reply = Challan.parse(getChallan.example.reply);
  const lines = ['0.1', '0.2'].map((quantity, at) => ({ ...reply.lines[0], line: at + 1, uqc: 'KGS', quantity }));
  return Challan.parse({ ...reply, lines, takenBack: [{ item: reply.lines[0]?.item, quantity: takenBack }] });
};

it('Goods of several lines that came back whole are named as all, also in decimals.', () => {
  const warningsOf = (takenBack: string) => challanDocumentOf(challanOf(takenBack), 'en').warnings;
  expect(warningsOf('0.3')).toEqual(['Reversed: the sender took all goods back.']);
  expect(warningsOf('0.299')).toEqual(['The sender took back: Chikan kurta, M 0.299 kg']);
});
