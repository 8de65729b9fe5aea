import { getHealth } from '../../shared/api/service-contract.ts';
import { recordVoucher } from '../../shared/ledger/voucher-contract.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';

type CanaryDeps = { readonly api: string | undefined; readonly count: CountMetric };

const PATIENCE_MILLISECONDS = 10_000;

const SALE_PATH = recordVoucher.route.replace('{location}', 'CANAR-00').replace('{number}', 'none');

/**
 * Asks the public address as a phone does: it is healthy, and refuses a sale without a token. So no
 * canary can reach a ledger.
 *
 * @throws Error that names the probe and its answer
 */
export const tryCanarySale = async ({ api, count }: CanaryDeps): Promise<void> => {
  if (!api) throw new Error('The canary has no address of the API: set API_URL.');
  await probe(new URL(getHealth.route, api), { method: 'GET' }, 200);
  const sale = { method: recordVoucher.method, body: '{}', headers: { 'content-type': 'application/json' } };
  await probe(new URL(SALE_PATH, api), sale, 401);
  count('CanarySalesRefused', 1);
};

const probe = async (url: URL, request: RequestInit, expected: number): Promise<void> => {
  const { status } = await fetch(url, { ...request, signal: AbortSignal.timeout(PATIENCE_MILLISECONDS) });
  if (status !== expected)
    throw new Error(`${request.method} ${url.pathname} must answer ${expected}, but answered ${status}.`);
};
