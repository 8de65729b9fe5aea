import * as z from 'zod';
import { DistrictId, StaffId, StockLocationId } from '../kernel/ids.ts';
import { dayOf } from '../kernel/time.ts';
import type { MaterialRequest } from '../materials/material-request.ts';
import type { ReceiptReport, ReportWindow } from './report.ts';

const count = z.int().min(0);

/** `issuedBy`: the person who handed over. `share`: percent of the confirmed ones. */
export const SignedReceipts = z.strictObject({
  location: StockLocationId,
  district: DistrictId,
  issuedBy: StaffId,
  issues: z.int().min(1),
  confirmed: count,
  bySignature: count,
  byIssuer: count,
  signedShare: z.number().min(0).max(100),
});
export type SignedReceipts = z.infer<typeof SignedReceipts>;

type Issue = { readonly staff: StaffId; readonly confirmation: MaterialRequest['history'][number] | undefined };

/** Issues within the window that were not undone, each with the confirmation that covers it. */
const issuesOf = ({ history }: MaterialRequest, { from, to }: ReportWindow): Issue[] => {
  const undone = new Set(history.flatMap(({ undoes }) => undoes ?? []));
  return history.flatMap(({ did, at, staff, voucher }, nth) => {
    const isWithin = dayOf(at) >= from && dayOf(at) <= to;
    if (did !== 'issue' || staff === undefined || !isWithin || (voucher && undone.has(voucher))) return [];
    return [{ staff, confirmation: history.slice(nth).find((later) => later.did === 'confirm') }];
  });
};

export const signedReceipts = {
  title: 'Materials issued, by the person who issued them: how many receipts were confirmed by signature',
  row: SignedReceipts,
  key: ({ location, issuedBy }) => [location, issuedBy],
  from: 'receipts',
  rows: (requests, { location, district }, window) =>
    [
      ...Map.groupBy(
        requests.flatMap((request) => issuesOf(request, window)),
        ({ staff }) => staff,
      ),
    ].map(([issuedBy, issues]) => {
      const confirmed = issues.flatMap(({ confirmation }) => confirmation ?? []);
      const signed = confirmed.filter(({ proof }) => proof === 'signature');
      return {
        location,
        district,
        issuedBy,
        issues: issues.length,
        confirmed: confirmed.length,
        bySignature: signed.length,
        byIssuer: signed.filter(({ byIssuer }) => byIssuer).length,
        signedShare: confirmed.length === 0 ? 0 : Math.round((1_000 * signed.length) / confirmed.length) / 10,
      };
    }),
} as const satisfies ReceiptReport<SignedReceipts>;
