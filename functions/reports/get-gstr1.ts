import { netOf } from '../../shared/billing/supply-line.ts';
import type { SellerDaySum } from '../../shared/day-close/seller-day-sum.ts';
import type { SellerId } from '../../shared/kernel/ids.ts';
import { isRefusal, type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import { type Day, dayOf, daysIn, type Instant } from '../../shared/kernel/time.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { registrationOn, type Seller } from '../../shared/registry/seller.ts';
import { documentCounts, gstr1UploadOf, reportedDocuments, reportedLines } from '../../shared/reports/gstr1.ts';
import { differencesFromCloses } from '../../shared/reports/gstr1-check.ts';
import * as contract from '../../shared/reports/gstr1-contract.ts';
import { notesToAmend } from '../../shared/reports/gstr1-documents.ts';
import { splitUpload } from '../../shared/reports/gstr1-files.ts';
import { windowOf } from '../../shared/reports/period.ts';
import {
  listed,
  MAX_LISTED,
  readSellerMonth,
  refuseOpenPeriod,
  type SellerMonthDeps,
  sellerInScope,
  toList,
  unclosedOutlets,
  versionOf,
} from '../../shared/reports/seller-month-service.ts';

export const getGstr1 = operation(contract.getGstr1, async ({ query, caller }, deps: SellerMonthDeps) => {
  const { seller, period, since, file = 1 } = query;
  const entry = await sellerInScope(caller, seller, deps);
  if (isRefusal(entry)) return entry;
  const now = deps.clock.now();
  const open = refuseOpenPeriod(period, now);
  if (open) return open;
  const window = windowOf(period);
  const ownDays = daysIn(window);
  const [days, sums, unclosed] = await Promise.all([
    readSellerMonth(seller, period, deps),
    deps.totals.sellersOn('state', ownDays),
    unclosedOutlets(window.to, deps),
  ]);
  const gstin = gstinIn({ entry, seller, days: ownDays, sealed: gstinsSealedIn(days), asked: query.gstin });
  if (isRefusal(gstin)) return gstin;
  const whole = gstr1UploadOf({
    gstin,
    period,
    days,
    isOwnDay: (day) => registrationOn(entry, day).gstin === gstin,
  });
  const files = splitUpload(whole);
  const upload = files[file - 1];
  if (!upload) {
    const fields = [{ path: 'file', problem: `is at most ${files.length}` }];
    return refuse('INVALID_REQUEST', `This return has ${files.length} files.`, { fields });
  }
  const differences = differencesFromCloses(seller, days, sums);
  const documents = documentCounts({ days, gstin }, whole);
  const all = days.flatMap(({ supplies }) => supplies.flatMap(({ lines }) => lines));
  const reported = reportedLines({ days, gstin });
  const isReported = new Set(reported);
  const { quantity: _quantity, ...unreported } = netOf(all.filter((line) => !isReported.has(line)));
  return ok({
    seller,
    period,
    gstin,
    madeAt: now,
    fileName: fileNameOf(gstin, dayOf(now), files.length > 1 ? `_part${file}of${files.length}` : ''),
    files: files.length,
    upload,
    closes: versionOf(days),
    agrees: differences.length === 0 && documents.listed === documents.issued,
    differences: differences.slice(0, MAX_LISTED),
    documents,
    unclosed,
    missing: listed(days.map(({ missing }) => missing)),
    incomplete: listed(days.map(({ incomplete }) => toList(incomplete))),
    amend: listed([toList(notesToAmend(reportedDocuments({ days, gstin })))]),
    unreported,
    ...(since && { changed: await changedSince(since, seller, days, deps) }),
  });
});

type GstinSource = {
  readonly entry: Seller;
  readonly seller: SellerId;
  readonly days: readonly Day[];
  readonly sealed: readonly string[];
  readonly asked: string | undefined;
};

/** The one GSTIN of regular registration in these days. One that only bills have must be named. */
const gstinIn = ({ entry, seller, days, sealed, asked }: GstinSource): string | Refusal => {
  const registrations = days.map((day) => registrationOn(entry, day));
  const regular = registrations.filter(({ registration }) => registration === 'regular');
  const registered = new Set(regular.flatMap(({ gstin }) => gstin ?? []));
  const gstins = [...registered.union(new Set(sealed))];
  const [first, second] = asked === undefined ? [...registered] : gstins.filter((gstin) => gstin === asked);
  if (first && second) {
    const fields = [{ path: 'gstin', problem: `is one of ${gstins.join(', ')}` }];
    return refuse('INVALID_REQUEST', `${seller} had ${gstins.length} GSTINs in this month: name one.`, { fields });
  }
  if (first) return first;
  const was = [...new Set(registrations.map(({ registration }) => registration))].join(' and ');
  return refuse(
    'SELLER_NOT_REGULAR',
    asked !== undefined && gstins.length > 0
      ? `${seller} did not have the GSTIN ${asked} in this month, but ${gstins.join(', ')}.`
      : `${seller} was ${was} in this month: only a regular seller files GSTR-1.`,
  );
};

const gstinsSealedIn = (days: readonly SellerDaySum[]): string[] =>
  days.flatMap(({ supplies }) =>
    supplies.flatMap(({ registration, gstin }) => (registration === 'regular' && gstin ? [gstin] : [])),
  );

const changedSince = async (
  since: Instant,
  seller: SellerId,
  days: readonly SellerDaySum[],
  { sellerDays }: Pick<SellerMonthDeps, 'sellerDays'>,
) => {
  const changed = days.filter(({ closes }) => closes.latest > since).map(({ day }) => day);
  const closes = (await sellerDays.closesOn(seller, changed)).filter(({ closedAt }) => closedAt > since);
  return { days: closes.slice(0, MAX_LISTED), many: closes.length };
};

/** As the portal's own tool names it: the day of making, without padding. */
const fileNameOf = (gstin: string, day: Day, part: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `returns_${date}${month}${year}_R1_${gstin}_offline${part}.json`;
};
