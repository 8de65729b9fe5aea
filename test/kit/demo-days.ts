import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { inject } from 'vitest';
import { openBahi } from '../../local/bahi.ts';
import { openDemoBook } from '../../local/demo-book/open.ts';
import { movableClock } from '../../local/demo-book/past-days.ts';
import { createClient } from '../../shared/api/client.ts';
import type { Role } from '../../shared/kernel/access.ts';
import { fixedClock } from './clock.ts';

const DISTRICTS = /^(LKO|KNP|PBT|VNS)/;

/** The lines of a demo file for the four districts whose stalls open first. */
const KEPT: Readonly<Record<string, (line: string) => boolean>> = {
  districts: () => true,
  sellers: (line) => DISTRICTS.test(line) || line.startsWith('UPDEPOT'),
  items: (line) => DISTRICTS.test(line),
  clusters: () => true,
  products: (line) => /,(LKO|KNP|PBT|VNS),/.test(line),
  producers: (line) => line < 'P0043',
  depots: (line) => line.startsWith('PBE-D1'),
  staff: (line) => /,(LKO-0[1-4]|CNB-0[12]|PBE-01|BSB-01|PBE-D1),|,state,/.test(line),
  rates: () => true,
};

const STALLS =
  'code,name,district,stalls\nLKO,Lucknow Charbagh,LKO,4\nCNB,Kanpur Central,KNP,2\nPBE,Pilibhit,PBT,1\nBSB,Varanasi Junction,VNS,1';

const readPart = async (name: string): Promise<string> => {
  if (name === 'stations') return STALLS;
  const [header = '', ...lines] = (await readFile(`local/demo-book/${name}.csv`, 'utf8')).trim().split('\n');
  return [header, ...lines.filter(KEPT[name] ?? (() => false))].join('\n');
};

/** Stalls of the demo book that have closed days, and one that opens today, 22 November. */
export const openDemoDays = async () => {
  const clock = movableClock(fixedClock());
  const bahi = await openBahi({
    endpoint: inject('endpoint'),
    port: 0,
    book: `test-${randomUUID()}`,
    streams: false,
    clock,
  });
  await openDemoBook(bahi, { read: readPart, clock });
  const as = async (role: Role, scope: string) =>
    createClient(bahi.url, await bahi.issuer.token({ role, scope: [scope] }));
  return { bahi, admin: await as('admin', 'state'), as };
};
