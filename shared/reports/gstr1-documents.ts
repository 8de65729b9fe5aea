import type { SupplyDocument } from '../billing/outward-supplies.ts';
import { HOME_STATE } from '../kernel/gstin.ts';
import { partsOf, type VoucherNumber } from '../kernel/voucher-number.ts';
import type { B2bRecord, B2clRecord, CdnrRecord, CdnurRecord, Gstr1Upload } from './gstr1-upload.ts';
import { toRupees } from './report-csv.ts';

export type DocumentSections = Pick<Gstr1Upload, 'b2b' | 'b2cl' | 'cdnr' | 'cdnur'>;

/** A reversed credit note of the same period is in no table: neither it nor its reversal. */
const withoutReversed = (documents: readonly SupplyDocument[]): SupplyDocument[] => {
  const reversed = new Set(documents.flatMap(({ reverses }) => reverses ?? []));
  return documents.filter(({ number, reverses }) => reverses === undefined && !reversed.has(number));
};

/** Numbers of credit notes in an earlier return that this period reverses: to amend by hand. */
export const notesToAmend = (documents: readonly SupplyDocument[]): VoucherNumber[] => {
  const numbers = new Set(documents.map(({ number }) => number));
  return documents.flatMap(({ reverses }) => (reverses === undefined || numbers.has(reverses) ? [] : [reverses]));
};

/** Tables 4, 5 and 9B, each document once. */
export const documentSections = (documents: readonly SupplyDocument[]): DocumentSections => {
  const all = withoutReversed(documents).toSorted((one, other) => (one.number < other.number ? -1 : 1));
  const bills = all.filter(({ of }) => of === undefined);
  const notes = all.filter(({ of }) => of !== undefined);
  const b2b = byKey(bills.filter(isB2b), buyerOf).map(
    ([ctin, same]): B2bRecord => ({
      ctin,
      inv: same.map((one) => ({
        inum: one.number,
        idt: dateOf(one),
        val: rupees(one.value),
        ...registeredFieldsOf(one),
      })),
    }),
  );
  const b2cl = byKey(bills.filter(isLarge), ({ place }) => place).map(
    ([pos, same]): B2clRecord => ({
      pos,
      inv: same.map((one) => ({
        inum: one.number,
        idt: dateOf(one),
        val: rupees(one.value),
        itms: itemsOf(one).map(({ num, itm_det: { csamt: _cess, ...detail } }) => ({ num, itm_det: detail })),
      })),
    }),
  );
  const cdnr = byKey(notes.filter(isB2b), buyerOf).map(
    ([ctin, same]): CdnrRecord => ({
      ctin,
      nt: same.map((one) => ({ ...noteFieldsOf(one), ...registeredFieldsOf(one) })),
    }),
  );
  const cdnur = notes
    .filter(isLarge)
    .map((one): CdnurRecord => ({ ...noteFieldsOf(one), typ: 'B2CL', pos: one.place, itms: itemsOf(one) }));
  return {
    ...(b2b.length > 0 && { b2b }),
    ...(b2cl.length > 0 && { b2cl }),
    ...(cdnr.length > 0 && { cdnr }),
    ...(cdnur.length > 0 && { cdnur }),
  };
};

const isB2b = ({ table }: SupplyDocument): boolean => table === 'b2b';
const isLarge = ({ table }: SupplyDocument): boolean => table === 'b2cl';

const buyerOf = ({ number, buyer }: SupplyDocument): string => {
  if (buyer === undefined) throw new Error(`${number} names no buyer`);
  return buyer;
};

const byKey = <Key extends string>(
  documents: readonly SupplyDocument[],
  keyOf: (document: SupplyDocument) => Key,
): [Key, SupplyDocument[]][] => [...Map.groupBy(documents, keyOf)].toSorted(([one], [other]) => (one < other ? -1 : 1));

const rupees = (paise: SupplyDocument['value']): number => Number(toRupees(paise));

/** The day in the document's number, as the portal writes it: 22-10-2026. */
const dateOf = ({ number }: SupplyDocument): string => partsOf(number).day.split('-').toReversed().join('-');

const registeredFieldsOf = (one: SupplyDocument) => ({
  pos: one.place,
  rchrg: 'N' as const,
  inv_typ: 'R' as const,
  itms: itemsOf(one),
});

const noteFieldsOf = (one: SupplyDocument) => ({
  nt_num: one.number,
  nt_dt: dateOf(one),
  ntty: 'C' as const,
  val: rupees(one.value),
});

const itemsOf = ({ place, rates }: SupplyDocument): B2bRecord['inv'][number]['itms'] =>
  rates.map(({ gstBasisPoints, taxable, cgst, igst }) => ({
    num: gstBasisPoints + 1,
    itm_det: {
      txval: rupees(taxable),
      rt: gstBasisPoints / 100,
      ...(place === HOME_STATE ? { camt: rupees(cgst), samt: rupees(cgst) } : { iamt: rupees(igst) }),
      csamt: 0,
    },
  }));
