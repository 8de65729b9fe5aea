import { describe, expect, it } from 'vitest';
import { operations } from '../../shared/api/contract.ts';
import { ROLES, type Role } from '../../shared/kernel/access.ts';
import { VOUCHER_KIND_CODES } from '../../shared/kernel/voucher-number.ts';
import { LEDGER_KINDS, VOUCHER_KINDS } from '../../shared/ledger/voucher-kinds.ts';
import { CardNumber } from '../../shared/materials/pin.ts';
import type { Operation } from '../../shared/platform/operation-contract.ts';
import { EditableKind, HistoryKind, RegistryKind } from '../../shared/registry/registry-kinds.ts';
import { enrol, expectOk, numberAt, useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { DEPOT, openDepot } from '../kit/depot.ts';
import { countingClient } from '../kit/interceptor.ts';
import { depotAndPassbook, requestsAt } from '../kit/material-requests.ts';
import { ask, outcomeOf } from '../kit/wire.ts';

/**
 * Access by role, written by hand and compared with the answers. `-`: never. `own`: for their own
 * place or district, or with the whole state. `any`: with any scope, but not without one. `state`:
 * with the whole state only. `always`: with or without a scope. `open`: without a token too. `no`:
 * the operation does not exist there, and answers 400 to every scope.
 */
const MAY = `
                          outlet  depot   producer  officer  admin
recordVoucher S           own     -       -         -        always
recordVoucher R           own     own     -         -        always
recordVoucher A           own     own     -         -        always
recordVoucher I           -       own     -         -        always
recordVoucher V           own     own     -         -        always
recordVoucher C           own     own     -         -        always
recordVoucher D           own     own     -         -        always
recordVoucher K           own     own     -         -        always
recordVoucher H           own     -       -         -        always
recordVoucher Q           no      no      no        -        no
recordVoucher S workshop  -       -       -       -       -
recordVoucher R workshop  -       -       -       -       -
recordVoucher A workshop  -       -       -       -       -
recordVoucher I workshop  -       -       -       -       -
recordVoucher V workshop  -       -       own     -       always
recordVoucher C workshop  -       -       -       -       -
recordVoucher D workshop  -       -       own     -       always
recordVoucher K workshop  -       -       -       -       -
recordVoucher H workshop  -       -       -       -       -
recordVoucher Q workshop  no      no      no      -       no
syncVouchers             own     own     -         -        always
syncVouchers workshop    state   state   own       -         always
listHeld                  own     own     -         own      always
listHeld workshop         state   state   -         own       always
getNumbers                own     own     -         own      always
getNumbers workshop       state   state   own       own      always
settleHeld                -       -       -         own      always
settleHeld workshop       -       -       -         own       always
settleReturns             -       -       -         own      always
settleExchange            -       -       -         own      always
getVoucher                own     own     -         own      always
getVoucher workshop       state   state   own       own      always
getBill                   own     -       -         own      always
getBillPdf                own     -       -         own      always
getChallan                own     own     -         own      always
getChallan workshop       state   state   own       own      always
getChallanPdf             own     own     -         own      always
getChallanPdf workshop    state   state   own       own      always
getEwayBill               own     own     -         own      always
getEwayBill workshop      state   state   own       own      always
getDay                    own     own     -         own      always
getDayTotals              own     own     -         own      always
getCustomer               own     -       -         -        -
eraseCustomer             own     -       -         own      always
eraseCustomerPhone district  -    -       -         own      always
eraseCustomerPhone state  -       -       -         state    always
getDay workshop           state   state   own       own      always
getLocationStock          own     own     -         own      always
getCatalogue              own     own     -         own      always
getCountSheet             own     own     -         own      always
readCountSheet            own     own     -         own      always
getCatalogue depot        state   own     any       own      always
getItemStock              any     any     -         any      always
getSuggestions            own     own     -         own      always
listTransferRequests                  own     own     -         own      always
listTransferRequests workshop         state   state   own       own      always
acceptTransferRequest                 own     own     -         -        always
acceptTransferRequest workshop        -       -       own       -        always
listTransfers             own     own     -         own      always
getTransfer               own     own     -         own      always
closeTransfer             own     own     -         own      always
closeTransfer workshop    state   state   own       own      always
listTransfers workshop    state   state   own       own      always
getTransfer workshop      state   state   own       own      always
listAlerts location       own     own     -         own      always
listAlerts workshop       state   state   -         own      always
listAlerts district       state   state   -         own      always
listAlerts state          state   state   -         state    always
listAlerts own area       any     any     -         any      always
countAlerts district      -       -       -         own      always
countAlerts state         -       -       -         state    always
acknowledgeAlert          own     own     -         own      always
snoozeAlert               own     own     -         own      always
getGstr1                  -       -       -         own      always
getStatement              -       -       -         own      always
getStatementPdf           -       -       -         own      always
listBills                 -       -       -         own      always
requestExport             -       -       -         own      always
getExport district        -       -       -         own      always
getExport state           -       -       -         state    always
getReport district        -       -       -         own      always
getReport state           -       -       -         state    always
issueEnrolmentCode stall     -       -       -         own      always
issueEnrolmentCode workshop  -       -       -         own      always
enrolTerminal stall       own     own     state     -        always
enrolTerminal workshop    state   state   own       -        always
revokeTerminal            -       -       -         own      always
getEntry districts        any     any     any       any      always
getEntry sellers          any     any     -         any      always
getEntry products         any     any     any       any      always
getEntry items            any     any     any       any      always
getEntry outlets          any     any     any       any      always
getEntry depots           any     any     any       any      always
getEntry producers        -       any     any       any      always
getEntry clusters         any     any     any       any      always
getEntry registrations    -       -       any       any      always
getEntry consents         -       -       any       any      always
getEntry staff            -       any     -         any      always
getEntry festivals        any     any     any       any      always
getEntry states           any     any     any       any      always
getEntry rates            any     any     any       any      always
getEntry terminals        -       -       -         state    always
getEntryHistory districts   -       -       -         any      always
getEntryHistory sellers   -       -       -         any      always
getEntryHistory products   -       -       -         any      always
getEntryHistory items   -       -       -         any      always
getEntryHistory outlets   -       -       -         any      always
getEntryHistory depots   -       -       -         any      always
getEntryHistory producers   -       -       -         any      always
getEntryHistory clusters   -       -       -         any      always
getEntryHistory registrations   -       -       -         any      always
getEntryHistory consents   -       -       -         any      always
getEntryHistory staff   -       -       -         any      always
getEntryHistory festivals   -       -       -         any      always
getEntryHistory states      -       -       -         any      always
getEntryHistory rates       -       -       -         any      always
listEntries districts     any     any     any       any      always
listEntries sellers       any     any     -         any      always
listEntries products      any     any     any       any      always
listEntries items         any     any     any       any      always
listEntries outlets       any     any     any       any      always
listEntries depots        any     any     any       any      always
listEntries producers     -       any     -         any      always
listEntries clusters      any     any     any       any      always
listEntries registrations  -       -       -         any      always
listEntries consents      -       -       -         any      always
listEntries staff         -       any     -         any      always
listEntries festivals     any     any     any       any      always
listEntries states        any     any     any       any      always
listEntries rates         any     any     any       any      always
listEntries terminals     -       -       -         state    always
listStaff                 own     own     -         own      always
listTerminals             own     own     -         own      always
listTerminals workshop    state   state   own       own      always
putEntry districts        -       -       -         state    always
putEntry sellers          -       -       -         state    always
putEntry products         -       -       -         state    always
putEntry items            -       -       -         own      always
putEntry outlets          -       -       -         own      always
putEntry depots           -       -       -         state    always
putEntry producers        -       -       -         own      always
putEntry clusters         -       -       -         own      always
putEntry registrations    -       -       -         own      always
putEntry staff            -       -       -         own      always
putEntry festivals        -       -       -         state    always
putEntry states           -       -       -         state    always
putEntry rates            -       -       -         state    always
importEntries districts   -       -       -         state    always
importEntries sellers     -       -       -         state    always
importEntries products    -       -       -         state    always
importEntries items       -       -       -         any      always
importEntries outlets     -       -       -         any      always
importEntries depots      -       -       -         state    always
importEntries producers   -       -       -         any      always
importEntries clusters    -       -       -         any      always
importEntries registrations  -       -       -         any      always
importEntries staff       -       -       -         any      always
importEntries festivals   -       -       -         state    always
importEntries states      -       -       -         state    always
importEntries rates       -       -       -         state    always
submitRequest             -       own     own       -        always
getRequest                -       any     own       own      always
listProducerRequests      -       any     own       own      always
cancelRequest             -       any     own       -        always
confirmRequest            -       any     own       -        always
getPassbook               -       own     own       own      always
grantEntitlement          -       -       -         own      always
setPin                    -       -       -         own      always
setConsent                -       -       own       own      always
getReadiness              -       -       own       own      always
getMakerStatement         -       -       own       own      always
getMakerStatementPdf      -       -       own       own      always
getReadinessCounts district  -       -       -         own      always
getReadinessCounts state  -       -       -         state    always
listRequests              -       own     -         own      always
approveRequest            -       own     -         own      always
rejectRequest             -       own     -         own      always
getAllocation             -       own     -         own      always
getDepotShelf             -       own     -         own      always
listFestivals             -       -       -         any      always
getAbout                  open    open    open      open     open
getStatedFigures          open    open    open      open     open
getHealth                 open    open    open      open     open
getOpenApi                open    open    open      open     open
`;

/** Whose scope lets them in, by the words of the table. */
const SCOPES = ['own', 'other', 'none', 'state'] as const;
const LETS_IN: Record<string, readonly string[]> = {
  '-': [],
  own: ['own', 'state'],
  any: ['own', 'other', 'state'],
  state: ['state'],
  always: SCOPES,
  open: SCOPES,
  no: SCOPES,
};

/**
 * Each role's scopes: most operations concern LKO-01 in LKO; producers and depots are P0042 and
 * PBE-D1 in PBT.
 */
const HELD: Record<'stalls' | 'materials', Record<Role, { own: string; other: string }>> = {
  stalls: {
    outlet: { own: 'location:LKO-01', other: 'location:PBE-01' },
    depot: { own: 'location:LKO-01', other: 'location:PBE-D1' },
    producer: { own: 'producer:P0042', other: 'producer:P0043' },
    officer: { own: 'district:LKO', other: 'district:PBT' },
    admin: { own: 'location:LKO-01', other: 'location:PBE-01' },
  },
  materials: {
    outlet: { own: 'location:PBE-01', other: 'location:LKO-01' },
    depot: { own: 'location:PBE-D1', other: 'location:PBE-D2' },
    producer: { own: 'producer:P0042', other: 'producer:P0043' },
    officer: { own: 'district:PBT', other: 'district:LKO' },
    admin: { own: 'location:PBE-D1', other: 'location:LKO-01' },
  },
};

/** Whose scope a way asks for, by its address. */
const heldFor = ({ address }: Way) =>
  HELD[
    /^\/(producers\/|registry\/(producers|clusters|registrations)|readiness|depots\/|locations\/(P\d+|PBE-D1)\/|alerts\?location=P\d)/.test(
      address,
    )
      ? 'materials'
      : 'stalls'
  ];

const IDS: Record<RegistryKind, string> = {
  districts: 'LKO',
  sellers: 'LKO1',
  products: 'KURTA',
  items: 'LKO-KURTA-01',
  outlets: 'LKO-01',
  depots: 'PBE-D1',
  clusters: 'PBT-FLUTE',
  producers: 'P0042',
  registrations: 'P0042',
  consents: 'P0042',
  staff: 'S001',
  terminals: '7KQ2M',
  festivals: 'DIWALI-2025',
  states: '09',
  rates: '62-UPTO-2500',
};

/**
 * Commands that may precede a 403: only the read of a location's district for an officer's scope.
 */
const LOOKS = { officer: ['', 'BatchGetItem'], others: [''] };

/** Whom a depot serves is looked up before a 403, and nothing is written. */
const ASKS_WHO_IS_SERVED: ReadonlySet<string> = new Set(['getPassbook']);

type Way = { says: string; operation: Operation; address: string };

/** Operations that a workshop has too. */
const AT_WORKSHOPS: ReadonlySet<string> = new Set([
  'syncVouchers',
  'listHeld',
  'settleHeld',
  'getVoucher',
  'getChallan',
  'getChallanPdf',
  'getEwayBill',
  'getDay',
  'getNumbers',
  'listTransfers',
  'getTransfer',
  'closeTransfer',
  'listTransferRequests',
  'acceptTransferRequest',
  'listTerminals',
]);

/** Every operation, once for each of the things it distinguishes. */
const waysOf = (operation: Operation): Way[] => {
  const { id, route, example } = operation;
  const way = (of: string, path: Record<string, string> = {}, query = ''): Way => ({
    says: `${id} ${of}`.trim(),
    operation,
    address: route.replace(/\{(\w+)\}/g, (_whole, name: string) => ({ ...example.path, ...path })[name] ?? '') + query,
  });
  if (id === 'recordVoucher')
    return VOUCHER_KIND_CODES.flatMap((kind) => {
      const number = `7KQ2M${kind}2611220001`;
      return [way(kind, { number }), way(`${kind} workshop`, { number, location: 'P0042' })];
    });
  if (AT_WORKSHOPS.has(id)) return [way(''), way('workshop', { location: 'P0042' })];
  if (id === 'getCatalogue') return [way(''), way('depot', { location: 'PBE-D1' })];
  if (id === 'issueEnrolmentCode' || id === 'enrolTerminal')
    return [way('stall', { location: 'LKO-01' }), way('workshop', { location: 'P0042' })];
  if (id === 'listAlerts')
    return [
      ['location', 'location=LKO-01'],
      ['workshop', 'location=P0042'],
      ['district', 'area=LKO'],
      ['state', 'area=state'],
      ['own area', ''],
    ].map(([says = '', query]) => way(says, {}, `?${query}`));
  if (id === 'getReadinessCounts')
    return ['PBT', 'state'].map((area) => way(area === 'state' ? area : 'district', {}, `?area=${area}`));
  if (id === 'eraseCustomerPhone' || id === 'countAlerts')
    return ['LKO', 'state'].map((area) => way(area === 'state' ? area : 'district', {}, `?area=${area}`));
  if (id === 'readCountSheet') return [way('', {}, '?count=evening')];
  if (['getGstr1', 'getStatement', 'getStatementPdf', 'listBills'].includes(id))
    return [way('', {}, '?seller=LKO1&period=2026-10')];
  if (id === 'getExport')
    return ['LKO', 'state'].map((area) => way(area === 'state' ? area : 'district', { export: `2026-10-${area}-csv` }));
  if (id === 'getReport')
    return ['LKO', 'state'].map((area) =>
      way(area === 'state' ? area : 'district', {}, `?area=${area}&from=2026-11-20&to=2026-11-21`),
    );
  if (route.startsWith('/registry/{kind}')) {
    const kinds =
      id === 'getEntry' || id === 'listEntries'
        ? RegistryKind.options
        : id === 'getEntryHistory'
          ? HistoryKind.options
          : EditableKind.options;
    return kinds.map((kind) => way(kind, { kind, id: id === 'putEntry' && kind === 'staff' ? 'S777' : IDS[kind] }));
  }
  return [way('')];
};

const [heading = '', ...lines] = MAY.trim().split('\n');
const roles = heading.trim().split(/\s+/);
const words = new Map(
  lines.map((line) => {
    const [says = '', ...cells] = line.split(/\s{2,}/);
    return [says, Object.fromEntries(roles.map((role, at) => [role, cells[at] ?? '']))];
  }),
);
const ways = operations.flatMap(waysOf);

checkAnswersAgainstContract();
const { client, sent } = countingClient();
const book = useBook({ client });

const STALL = { name: 'Stall', station: 'LKO', district: 'LKO', sellers: ['LKO1'] };
const NASEEM = { name: 'Naseem', nameHi: 'नसीम', district: 'PBT', craft: 'Flute' };
const PRICE = { from: '2026-04-01', price: 100, mrp: 100, gstBasisPoints: 500 };
const KURTA = { name: 'K', nameHi: 'क', product: 'KURTA', seller: 'LKO1', unit: 'piece', hsn: '6211' };
const ITEM_COLUMNS = 'id,name,nameHi,product,seller,unit,hsn,from,price_rupees,mrp_rupees,gst_percent,reorderPoint';

/** Entries that a district edits: of the district that the table calls own. */
const ENTRIES: Record<string, { readonly json: object; readonly csv: string }> = {
  outlets: { json: STALL, csv: 'id,name,station,district,sellers\nLKO-77,Stall,LKO,LKO,LKO1' },
  producers: { json: NASEEM, csv: 'id,name,nameHi,district,craft\nP0077,Naseem,नसीम,PBT,Flute' },
  clusters: {
    json: { name: 'Flutes', nameHi: 'बाँसुरी', district: 'PBT', craft: 'Flute' },
    csv: 'id,name,nameHi,district,craft\nPBT-77,Flutes,बाँसुरी,PBT,Flute',
  },
  registrations: { json: { pan: 'AAAPL1234C' }, csv: 'id,pan\nP0042,AAAPL1234C' },
  staff: { json: { name: 'Ravi', location: 'LKO-01' }, csv: 'id,name,location\nS778,Ravi,LKO-01' },
  items: {
    json: { ...KURTA, reorderPoint: 3, aliases: [], prices: [PRICE] },
    csv: `${ITEM_COLUMNS}\nLKO-77,K,क,KURTA,LKO1,piece,6211,2026-04-01,1,1,5,3`,
  },
};

const tokens = new Map<string, Promise<string>>();

/** One token for each role and scope: to sign takes longer than a request. */
const tokenOf = (role: Role, scope: string[]): Promise<string> => {
  const key = [role, ...scope].join(' ');
  const token = tokens.get(key) ?? book.bahi.issuer.token({ role, scope });
  tokens.set(key, token);
  return token;
};

const send = ({ operation: { method, consumes, example }, address }: Way, token?: string): Promise<Response> => {
  const entry = method === 'GET' ? undefined : ENTRIES[/^\/registry\/(\w+)/.exec(address)?.[1] ?? ''];
  const body =
    consumes === 'text/csv' ? (entry?.csv ?? String(example.body)) : JSON.stringify(entry?.json ?? example.body);
  const headers = { 'if-match': '"999"' };
  return ask(book, address, {
    ...(token !== undefined && { token }),
    ...(consumes !== 'nothing' && { body }),
    method,
    headers,
  });
};

it('The table names every operation, voucher kind and role, and nothing else.', () => {
  expect([...words.keys()].toSorted()).toEqual(ways.map(({ says }) => says).toSorted());
  expect(roles.toSorted()).toEqual(ROLES.toSorted());
  for (const cells of words.values())
    expect(Object.keys(LETS_IN)).toEqual(expect.arrayContaining(Object.values(cells)));
});

/** First, while nothing is remembered of the registry. */
describe('Officer of a district', () => {
  it('A district officer reaches the locations of the district, and reads only the registry beyond.', async () => {
    // One that no voucher was recorded at: its entry is not remembered.
    const body = { name: 'Lucknow, stall 9', station: 'LKO', district: 'LKO', sellers: ['LKO1'] };
    expectOk(await book.admin.putEntry({ path: { kind: 'outlets', id: 'LKO-09' }, body }));
    const token = await book.bahi.issuer.token({ role: 'officer', scope: ['district:LKO'] });
    const readDay = async (location: string) => {
      const before = sent.length;
      const { status } = await ask(book, `/locations/${location}/days/2026-11-22`, { token });
      return [location, status, sent.slice(before).length];
    };
    const [inside, ...outside] = [await readDay('LKO-09'), await readDay('PBE-01'), await readDay('PBE-D1')];
    expect([inside, ...outside]).toEqual([
      ['LKO-09', 200, 3],
      ['PBE-01', 403, 1],
      ['PBE-D1', 403, 1],
    ]);
    // The cache does not hold an absent entry: each request reads it again, consistently.
    expect(await readDay('LKO-77')).toEqual(['LKO-77', 403, 2]);
    expect(await readDay('ZZZ-01')).toEqual(['ZZZ-01', 403, 2]);
  });

  it('An officer of two districts reaches both.', async () => {
    const token = await book.bahi.issuer.token({ role: 'officer', scope: ['district:LKO', 'district:PBT'] });
    const statuses = ['LKO-01', 'PBE-01', 'PBE-D1', 'LKO-77'].map(
      async (location) => (await ask(book, `/locations/${location}/stock`, { token })).status,
    );
    expect(await Promise.all(statuses)).toEqual([200, 200, 200, 403]);
  });
});

describe.each(ways)('$says', (way) => {
  it.each(ROLES)('%s', async (role) => {
    const lets = LETS_IN[words.get(way.says)?.[role] ?? ''];
    for (const scope of SCOPES) {
      const held = scope === 'none' ? [] : [scope === 'state' ? 'state' : heldFor(way)[role][scope]];
      const token = await tokenOf(role, held);
      const before = sent.length;
      const { status } = await send(way, token);
      expect([scope, status === 403], `${status}`).toEqual([scope, !lets?.includes(scope)]);
      expect(status).not.toBe(401);
      if (words.get(way.says)?.[role] === 'no') expect([status, sent.length]).toEqual([400, before]);
      if (status !== 403) continue;
      if (role === 'depot' && ASKS_WHO_IS_SERVED.has(way.operation.id))
        for (const command of sent.slice(before)) expect(command).toMatch(/^(Batch)?GetItem$/);
      else expect(LOOKS[role === 'officer' ? 'officer' : 'others']).toContain(sent.slice(before).join());
    }
  });

  it('Without a token nobody reaches an operation.', async () => {
    const open = words.get(way.says)?.admin === 'open';
    const before = sent.length;
    expect((await send(way)).status === 401).toBe(!open);
    if (!open) expect(sent.length).toBe(before);
  });
});

/** The goods have moved already, so the voucher is held for an officer, not refused. */
describe('A voucher kind that a role may not record is held when it is synced', () => {
  const location = 'LKO-01';
  it.each(['outlet', 'depot', 'admin'] as const)('%s', async (role) => {
    const terminal = await enrol(book, location, 'LKO1');
    const brings = await book.as(role, `location:${location}`);
    const vouchers = LEDGER_KINDS.map((kind) => ({
      number: numberAt(book.clock, terminal, kind, 1),
      claim: VOUCHER_KINDS[kind].example,
    }));
    const { outcomes } = expectOk(await brings.syncVouchers({ path: { location }, body: { vouchers } }));
    const held = LEDGER_KINDS.filter((_kind, at) => {
      const outcome = outcomes[at];
      return outcome?.outcome === 'held' && outcome.problem.code === 'FORBIDDEN';
    });
    expect(held).toEqual(LEDGER_KINDS.filter((kind) => words.get(`recordVoucher ${kind}`)?.[role] === '-'));
    // Most examples name what is not here, and are held for that; none is lost.
    for (const { outcome } of outcomes) expect(['held', 'recorded']).toContain(outcome);
  });
});

/** A producer's path does not say the depot: the request does, and only the handler can see it. */
describe('A depot manager and requests', () => {
  const producer = 'P0042';
  const signed = { proof: 'signature' as const, by: 'S002', signature: 'register 12, line 4' };
  const card = { number: CardNumber.parse('PBT-0042'), pin: '4827' };

  it('A manager cannot act at another depot, whatever the request names.', async () => {
    const depot = await openDepot(book);
    await depot.receive('SIL-1', 5_000);
    const officer = await book.as('officer', 'district:PBT');
    const grant = { path: { producer, item: 'PBT-BAMBOO', grant: 'G-1' } };
    expectOk(await officer.grantEntitlement({ ...grant, body: { depot: DEPOT, quantity: '9000 gram', why: 'new' } }));
    expectOk(await officer.setPin({ path: { producer }, body: { card: card.number, pin: card.pin } }));
    const asks = requestsAt(book, depot, producer);
    const [waiting, number] = [await asks.submitted(), await asks.reach.issued()];
    const before = [await depotAndPassbook(book, producer), await asks.read(number)];

    const other = await book.as('depot', 'location:PBE-D2');
    const [here, there] = [DEPOT, 'PBE-D2'].map((at) => ({ depot: at, number: waiting }));
    if (!here || !there) throw new Error('two depots');
    const [day, version] = ['2026-11-22', 3];
    const tried = {
      read: await other.getRequest({ path: { producer, number } }),
      confirm: await other.confirmRequest({ path: { producer, number }, body: signed, ifMatch: version }),
      cancel: await other.cancelRequest({
        path: { producer, number: waiting },
        body: { by: 'S001', card },
        ifMatch: 1,
      }),
      approve: await other.approveRequest({ path: here, body: {}, ifMatch: 1 }),
      'approve as if it were theirs': await other.approveRequest({ path: there, body: {}, ifMatch: 1 }),
      'reject as if it were theirs': await other.rejectRequest({ path: there, body: { why: 'no' }, ifMatch: 1 }),
      ask: await other.submitRequest({ path: { producer, number: depot.number('Q') }, body: depot.asking(1) }),
      queue: await other.listRequests({ path: { depot: DEPOT } }),
      shelf: await other.getDepotShelf({ path: { depot: DEPOT } }),
      allocation: await other.getAllocation({ path: { depot: DEPOT, day } }),
    };
    expect(Object.fromEntries(Object.entries(tried).map(([what, answer]) => [what, outcomeOf(answer)]))).toEqual({
      read: '404 NOT_FOUND',
      confirm: '404 NOT_FOUND',
      cancel: '404 NOT_FOUND',
      approve: '403 FORBIDDEN',
      'approve as if it were theirs': '404 NOT_FOUND',
      'reject as if it were theirs': '404 NOT_FOUND',
      ask: '403 FORBIDDEN',
      queue: '403 FORBIDDEN',
      shelf: '403 FORBIDDEN',
      allocation: '403 FORBIDDEN',
    });
    expect([await depotAndPassbook(book, producer), await asks.read(number)]).toEqual(before);

    const both = await book.as('depot', 'location:PBE-D2', `location:${DEPOT}`);
    const path = { producer, number };
    expect(outcomeOf(await both.confirmRequest({ path, body: signed, ifMatch: version }))).toBe(200);
  });

  it("A district officer can act at the district's depots, at no other, and at no unknown one.", async () => {
    const depot = await openDepot(book);
    await depot.receive('SIL-2', 9_000);
    const asks = requestsAt(book, depot, producer);
    const all = async (scope: string) => {
      const [waiting, number] = [await asks.submitted(1_000), await asks.reach.issued()];
      const by = await book.as('depot', scope);
      const asking = { path: { producer, number: depot.number('Q') }, body: depot.asking(1_000) };
      const elsewhere = { path: { producer, number: depot.number('Q') }, body: depot.asking(1, { depot: 'PBE-D9' }) };
      return [
        await by.submitRequest(asking),
        await by.submitRequest(elsewhere),
        await by.getRequest({ path: { producer, number } }),
        await by.confirmRequest({ path: { producer, number }, body: signed, ifMatch: 3 }),
        await by.cancelRequest({ path: { producer, number: waiting }, body: { by: 'S001', card }, ifMatch: 1 }),
        await by.listRequests({ path: { depot: DEPOT } }),
      ].map(outcomeOf);
    };
    const [forbidden, absent] = ['403 FORBIDDEN', '404 NOT_FOUND'];
    expect(await all('district:PBT')).toEqual([201, forbidden, 200, 200, 200, 200]);
    expect(await all('district:LKO')).toEqual([forbidden, forbidden, absent, absent, absent, forbidden]);
    expect((await all('state')).filter((one) => one === forbidden || one === absent)).toEqual([]);
  });
});
