import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { openBahi } from '../../local/bahi.ts';
import { startTemporaryEngine } from '../../local/engine/engine.ts';
import { createClient } from '../../shared/api/client.ts';
import { addProof } from '../../shared/api/phone-key.ts';
import { dynamoDbClient } from '../../shared/platform/dynamodb-client.ts';
import { kurtas, receipt, sale } from '../../test/kit/claims.ts';
import { fixedClock } from '../../test/kit/clock.ts';
import { REGISTRY_SEED } from '../../test/kit/registry-seed.ts';
import type { PhoneRequest } from './phone.ts';

const location = 'LKO-01';

export type SaleRequest = PhoneRequest & { readonly number: string };

/** A stall with 40 kurtas in stock, the local server and the engine in a temporary folder. */
export const openStall = async () => {
  const engine = await startTemporaryEngine();
  const clock = fixedClock();
  const client = dynamoDbClient(engine.endpoint);
  const bahi = await openBahi({ endpoint: engine.endpoint, port: 0, streams: false, clock, client });
  const token = await bahi.issuer.token({ role: 'admin', scope: ['state'] });
  const admin = createClient(bahi.url, token, fetch, bahi.phone);

  /** A phone has 9,999 numbers a day, so each slice enrols one. */
  const enrol = async () => {
    const { code } = done(await admin.issueEnrolmentCode({ path: { location }, body: { seller: 'LKO1' } }));
    const enrolled = await admin.enrolTerminal({ path: { location }, body: { code, installation: randomUUID() } });
    return done(enrolled).terminal;
  };

  /** Signed, so that the phone's work is done before anything is measured. */
  const sales = async (lines: number, count: number): Promise<SaleRequest[]> => {
    const terminal = await enrol();
    const bought = kurtas(lines).map((item) => ({ item, quantity: 1 }));
    const claim = sale(clock, bought);
    const signed = async (serial: number) => {
      const number = `${terminal}S261122${String(serial).padStart(4, '0')}`;
      const body = await addProof('recordVoucher', { path: { location, number }, body: claim }, bahi.phone);
      const url = `${bahi.url}/locations/${location}/vouchers/${number}`;
      return { number, url, token, body: JSON.stringify(body) };
    };
    return Promise.all(Array.from({ length: count }, (_, at) => signed(at + 1)));
  };

  for (const [kind, entries] of REGISTRY_SEED)
    for (const [id, body] of Object.entries(entries)) done(await admin.putEntry({ path: { kind, id }, body }));
  const number = `${await enrol()}R2611220001`;
  const stock = kurtas(40).map((item) => ({ item, quantity: 10_000_000 }));
  done(await admin.recordVoucher({ path: { location, number }, body: receipt(clock, stock, { confirmed: true }) }));

  return {
    endpoint: engine.endpoint,
    location,
    client,
    sales,
    claims: await bahi.issuer.verify(token),
    engineSeconds: cpuSecondsOf(pidOf(new URL(engine.endpoint).port)),
    stop: async () => {
      await bahi.stop();
      await engine.stop();
    },
  };
};

const done = <Body>(answer: { ok: true; body: Body } | { ok: false; problem: unknown }): Body => {
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
  return answer.body;
};

const pidOf = (port: string): string | undefined =>
  readdirSync('/proc').find((pid) => /^\d+$/.test(pid) && isEngineAt(port, commandOf(pid)));

const isEngineAt = (port: string, [program = '', ...more]: readonly string[]): boolean =>
  !program.endsWith('sh') && more.includes('serve') && more.includes(port);

const commandOf = (pid: string): string[] => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
};

/** Linux counts a hundred ticks a second: user and system time are fields 14 and 15 (proc(5)). */
const cpuSecondsOf = (pid: string | undefined) => (): number => {
  if (pid === undefined) return Number.NaN;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
};
