import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { EditableKind } from '../../shared/registry/registry-kinds.ts';
import { type Book, expectOk, useBook } from '../kit/book.ts';
import { scanPages } from '../kit/bulk-items.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { engineClient } from '../kit/fast-clients.ts';
import { interposedClient } from '../kit/interceptor.ts';

checkAnswersAgainstContract();

const { client, beforeNextPut } = interposedClient(inject('endpoint'));
let officer: Book['admin'];
const book = useBook({ client });
beforeAll(async () => {
  officer = await book.as('officer', 'state');
});

const ITEM =
  'id,name,nameHi,product,seller,unit,hsn,from,price_rupees,mrp_rupees,gst_percent,reorderPoint,aliases,keypad,barcode';

const CANE = 'PBT-CANE,Cane,बेंत,BAMBOO,PBT1,gram,1401,2026-04-01,0.06,0.06,5,50000,,,';
const STAFF = 'id,name,location';
const DEPOT = 'id,name,nameHi,district,sellers';
const FAIR = 'id,name,nameHi,from,to,factor,craft,district';
const MAKER = 'id,name,nameHi,district,craft';

describe('Imported file', () => {
  it.each(FILES)('A file of %s is entered, and a repeat finds all of it.', async (kind, file, id, expected) => {
    expect(new Set(await importOutcomes(kind, file))).toEqual(new Set(['created']));
    expect(await entry(kind, id)).toEqual(expected);
    expect(new Set(await importOutcomes(kind, file))).toEqual(new Set(['unchanged']));
  });

  it('The answer gives the result of each line.', async () => {
    await importOutcomes('staff', `${STAFF}\nS201,Ravi,LKO-01\nS202,Rani,LKO-01`);
    expect(expectOk(await bring('staff', `${STAFF}\nS201,Ravi,LKO-01\n\nS202,Rita,LKO-01\nS203,Rosa,LKO-02`))).toEqual({
      lines: [
        { line: 2, id: 'S201', did: 'unchanged' },
        { line: 4, id: 'S202', did: 'changed' },
        { line: 5, id: 'S203', did: 'created' },
      ],
    });
  });

  it('A dry run says what each line would do, and writes nothing.', async () => {
    const scarf = stole('2026-04-01', 70_000).replaceAll('LKO-STOLE', 'LKO-DRY');
    expect(await importOutcomes('items', scarf)).toEqual(['created']);
    const dearer = stole('2026-12-01', 72_000).replaceAll('LKO-STOLE', 'LKO-DRY').split('\n')[1];
    const fresh = scarf.split('\n')[1]?.replaceAll('LKO-DRY', 'LKO-DRY-2');
    const same = scarf.split('\n')[1]?.replaceAll('LKO-DRY', 'LKO-DRY-3');
    expect(await importOutcomes('items', `${ITEM}\n${same}`)).toEqual(['created']);
    const file = `${ITEM}\n${dearer}\n${same}\n${fresh}`;
    const before = await allTables();
    const { lines } = expectOk(await dryRun('items', file));
    expect(await allTables()).toEqual(before);
    expect(lines).toEqual([
      { line: 2, id: 'LKO-DRY', did: 'changed' },
      { line: 3, id: 'LKO-DRY-3', did: 'unchanged' },
      { line: 4, id: 'LKO-DRY-2', did: 'created' },
    ]);
    expect(expectOk(await bring('items', file)).lines).toEqual(lines);
  });

  it('A dry run of a faulty file is refused as the import is.', async () => {
    const file = `${STAFF}\nS701,Ravi,LKO-01\nS702,,LKO-01`;
    const before = await allTables();
    const refused = await dryRun('staff', file);
    expect(refused).toMatchObject({ status: 422, problem: { fields: [{ path: 'line 3, name' }] } });
    expect(await allTables()).toEqual(before);
    expect(await isThere('staff', 'S701')).toBe(false);
  });

  it('A file of items adds its prices to the history and replaces one of the same day.', async () => {
    await bring('items', stole('2026-04-01', 80_000));
    await bring('items', stole('2026-12-01', 85_000));
    expect(await importOutcomes('items', stole('2026-12-01', 86_000))).toEqual(['changed']);
    expect(await importOutcomes('items', stole('2026-12-01', 86_000))).toEqual(['unchanged']);
    expect(await entry('items', 'LKO-STOLE')).toMatchObject({
      prices: [
        { from: '2026-04-01', price: 80_000 },
        { from: '2026-12-01', price: 86_000 },
      ],
    });
  });

  it("A price beyond an item's limit drops the oldest.", async () => {
    const path = { kind: 'items' as const, id: 'LKO-KURTA-01' };
    const { entry: kurta, version } = expectOk(await officer.getEntry({ path }));
    const day = (n: number) => new Date(Date.UTC(2026, 3, 1 + n)).toISOString().slice(0, 10);
    const dear = { price: 100, mrp: 200, gstBasisPoints: 500 };
    const prices = Array.from({ length: 50 }, (_, n) => ({ from: day(n), ...dear }));
    expectOk(await officer.putEntry({ path, body: { ...kurta, prices }, ifMatch: version }));
    const another = stole('2027-01-01', 100).replace('LKO-STOLE', path.id);
    expect(await importOutcomes('items', another)).toEqual(['changed']);
    expect(await importOutcomes('items', another)).toEqual(['unchanged']);
    const kept = await entry('items', path.id);
    const days = 'prices' in kept ? kept.prices.map(({ from }) => from) : [];
    expect(days).toEqual([...prices.slice(1).map(({ from }) => from), '2027-01-01']);
  });

  it.each([
    ['changed', 'S601,Ravi,LKO-01'],
    ['entered', undefined],
  ])('A line that someone else %s meanwhile is skipped, and a repeat writes it.', async (_says, was) => {
    const [file, path] = [`${STAFF}\nS601,Rita,LKO-01\nS602,Rosa,LKO-01`, { kind: 'staff' as const, id: 'S601' }];
    if (was) await importOutcomes('staff', `${STAFF}\n${was}`);
    else path.id = 'S603';
    const theirs = { name: 'Theirs', location: 'LKO-02' };
    beforeNextPut('Registry', async () => {
      expectOk(await officer.putEntry({ path, body: theirs, ...(was && { ifMatch: 1 }) }));
    });
    const sent = file.replace('S601', path.id).replace('S602', `${path.id}9`);

    expect(expectOk(await bring('staff', sent))).toEqual({
      lines: [
        { line: 2, id: path.id, did: 'conflict' },
        { line: 3, id: `${path.id}9`, did: 'created' },
      ],
    });
    expect(await entry('staff', path.id)).toEqual(theirs);
    expect(await importOutcomes('staff', sent)).toEqual(['changed', 'unchanged']);
    expect(await entry('staff', path.id)).toEqual({ name: 'Rita', location: 'LKO-01' });
  });

  it("A code that another item of the seller has is refused with that item's name.", async () => {
    const scarf = (id: string, more: string) => stole('2026-04-01', 80_000, more).replaceAll('LKO-STOLE', id);
    expect(await importOutcomes('items', scarf('LKO-SCARF-1', ',555,'))).toEqual(['created']);
    const twice = await bring('items', scarf('LKO-SCARF-2', ',555,'));
    expect(twice).toMatchObject({
      problem: { fields: [{ path: 'line 2, keypad', problem: '555 is the keypad of LKO-SCARF-1 (Stole) already' }] },
    });
    const path = { kind: 'items' as const, id: 'LKO-SCARF-2' };
    const { entry: first } = expectOk(await officer.getEntry({ path: { ...path, id: 'LKO-SCARF-1' } }));
    expect(await officer.putEntry({ path, body: first })).toMatchObject({
      status: 400,
      problem: { fields: [{ path: 'keypad' }] },
    });
    expect(await importOutcomes('items', scarf('LKO-SCARF-1', ',556,'))).toEqual(['changed']);
    expect(await importOutcomes('items', scarf('LKO-SCARF-2', ',555,'))).toEqual(['created']);
  });

  it('Rows and columns of nothing but commas are ignored.', async () => {
    expect(await importOutcomes('staff', `,,,,\n${STAFF},,\nS310,Ravi,LKO-01,,\n,,,,\nS311,Rani,LKO-02,,\n`)).toEqual([
      'created',
      'created',
    ]);
  });

  it("A spreadsheet's file is read: BOM, CRLF, other column order, blanks, no final line end.", async () => {
    const file = '\ufefflocation,id,name\r\nLKO-01, S301 ,"Asha ""Didi"", elder"\r\nLKO-02,S302,"two\nlines"';
    expect(await importOutcomes('staff', file)).toEqual(['created', 'created']);
    expect(await entry('staff', 'S301')).toEqual({ name: 'Asha "Didi", elder', location: 'LKO-01' });
    expect(await entry('staff', 'S302')).toEqual({ name: 'two\nlines', location: 'LKO-02' });
  });
});

describe('A faulty file is refused whole, with the line of each fault', () => {
  const GOOD = 'S401,Good,LKO-01';
  const MAKERS = [',members=three', ',hands=2', ',members=1;members=2', 'Samiti,', ',kilns=1', ',looms=0'];
  const ENTITLEMENTS = ['members=1;looms=1', 'hands=1', 'members=12 kg'];
  it.each([
    ['semicolons', 'id;name;location\nS401;Good;LKO-01', 'the cells are separated by semicolons, not by commas'],
    ['tabs', '\ufeffid\tname\tlocation\nS401\tGood\tLKO-01', 'the cells are separated by tabs, not by commas'],
    ['sep=;', '\n"sep=;"\nid;name\nS401;Good, old', 'the cells are separated by semicolons, not by commas'],
    ['quotes', '"id";"name, full"\nS401;Good', 'the cells are separated by semicolons, not by commas'],
    ['sep=,', 'sep=,\nid,name,location\nS401,Good,LKO-01', 'delete this line: a file always has commas'],
  ])('A file with %s is told so, and how to save it with commas.', async (says, file, problem) => {
    expect(await bring('staff', file)).toMatchObject({
      problem: {
        detail: expect.stringContaining('In LibreOffice: Save As'),
        fields: [{ path: says === 'sep=;' ? 'line 2' : 'line 1', problem }],
      },
    });
  });

  const REFUSED: [says: string, EditableKind, file: string, faults: string[]][] = [
    ['nothing', 'staff', '', ['line 1', 'line 1']],
    ['a byte order mark alone', 'staff', '\ufeff', ['line 1', 'line 1']],
    ['commas alone', 'staff', ',,,\n,,', ['line 1', 'line 1']],
    ['a header alone', 'staff', `${STAFF}\n`, ['line 1']],
    ['an unknown column', 'staff', `${STAFF},fax\n${GOOD},1`, ['line 1']],
    ['a column __proto__', 'staff', `${STAFF},__proto__\n${GOOD},1`, ['line 1']],
    ['a column constructor', 'staff', `${STAFF},constructor\n${GOOD},1`, ['line 1']],
    ['cells below no name', 'staff', `${STAFF},\n${GOOD},1`, ['line 1']],
    ['a column twice', 'staff', `${STAFF},name\n${GOOD},x`, ['line 1']],
    ['no column id', 'staff', 'name,location\nGood,LKO-01', ['line 1']],
    ['a line too long', 'staff', `${STAFF}\n${GOOD}\nS402,Ravi,LKO-01,x`, ['line 3']],
    ['a line too short', 'staff', `${STAFF}\n${GOOD}\nS402`, ['line 3']],
    ['a quote that never ends', 'staff', `${STAFF}\n${GOOD}\nS402,"Ravi,LKO-01\n`, ['line 3']],
    ['a quote inside a word', 'staff', `${STAFF}\n${GOOD}\nS402,Ra"vi,LKO-01`, ['line 3']],
    ['an id twice', 'staff', `${STAFF}\n${GOOD}\nS402,Ravi,LKO-01\nS402,Ravi,LKO-01`, ['line 4, id']],
    ['an id that is none', 'staff', `${STAFF}\n${GOOD}\n__proto__,Ravi,LKO-01`, ['line 3, id']],
    ['no id', 'staff', `${STAFF}\n${GOOD}\n,Ravi,LKO-01`, ['line 3, id']],
    [
      'faults in several lines',
      'staff',
      `${STAFF}\nS402,,LKO-01\n${GOOD}\nS403,Ravi,Lucknow\ns404,,LKO-01`,
      ['line 2, name', 'line 4, location', 'line 5, id', 'line 5, name'],
    ],
    [
      'a cluster of another district',
      'producers',
      `${MAKER},cluster\nP0401,Rani,रानी,PBT,Flute,PBT-FLUTE\nP0402,Ravi,रवि,LKO,Flute,PBT-FLUTE`,
      ['line 3, cluster'],
    ],
    [
      'references to nothing',
      'outlets',
      'id,name,station,district,sellers\nLKO-41,A,LKO,LKO,LKO1\nLKO-42,B,LKO,XXX,LKO1;NO-SUCH',
      ['line 3, district', 'line 3, sellers'],
    ],
    [
      'goods of makers that are not there',
      'items',
      `${ITEM},makers\nPBT-REEDS,Reed,नरकट,BAMBOO,PBT1,gram,1401,2026-04-01,0.06,0.06,5,50000,,,,P0042;P9999`,
      ['line 2, makers'],
    ],
    [
      'people of places that are not there',
      'staff',
      `${STAFF}\nS402,Ravi,ZZZ-99\n${GOOD}\nS403,Rani,ZZZ-D9`,
      ['line 2, location', 'line 4, location'],
    ],
    [
      'another seller and unit than the item was entered with',
      'items',
      `${stole('2026-04-01', 80_000)}\n${stole('2026-04-01', 80_000).split('\n')[1]}`
        .replace('LKO-STOLE', 'LKO-SCARF')
        .replace(/(.*)LKO-STOLE(.*)LKO1,piece/s, '$1LKO-KURTA-02$2LKO2,gram'),
      ['line 3, seller', 'line 3, unit'],
    ],
    ['money in parts of a paisa', 'items', stole('2026-04-01', 899.5), ['line 2, price_rupees']],
    ['a price above the MRP', 'items', stole('2026-04-01', 90_001), ['line 2, price_rupees']],
    ['a month before the day', 'items', stole('4/25/2026', 80_000), ['line 2, from']],
    ['a name in Hindi without Devanagari', 'producers', `${MAKER}\nP0400,Rafiq,Rafiq,PBT,Flute`, ['line 2, nameHi']],
    ['a barcode with a wrong digit', 'items', stole('2026-04-01', 80_000, ',,2000000001013'), ['line 2, barcode']],
    ['a number that Excel shortened', 'items', stole('2026-04-01', 80_000, ',,2.00E+12'), ['line 2, barcode']],
    ['a barcode without its zero', 'items', stole('2026-04-01', 80_000, ',,2345678'), ['line 2, barcode']],
    ['letters that are not UTF-8', 'staff', `${STAFF}\n${GOOD}\nS402,Jos\ufffd,LKO-01`, ['line 3']],
    [
      'means that are none, and a group that is none',
      'producers',
      `${MAKER},group,means\n${MAKERS.map((more, at) => `P040${at},Rafiq,रफ़ीक़,PBT,Flute,${more}`).join('\n')}`,
      ['line 2, means.members', 'line 3, means.hands', 'line 4, means', 'line 5, group', 'line 7, means.looms'],
    ],
    [
      'an entitlement by two means, by none, and in kg',
      'items',
      `${ITEM},entitlement\n${ENTITLEMENTS.map((one, at) => `${CANE.replace('CANE', `CANE-${at}`)},${one}`).join('\n')}`,
      ['line 2, entitlement', 'line 3, entitlement.per', 'line 4, entitlement.quantity'],
    ],
    [
      'gifts without an amount, and of no item',
      'depots',
      `${DEPOT},gives\nPBE-D5,A,ए,PBT,PBT1,PBT-BAMBOO\nPBE-D6,B,बी,PBT,PBT1,PBT-BAMBOO=5;bamboo=5`,
      ['line 2, gives.0.quantity', 'line 3, gives.1.item'],
    ],
    ['a column of another kind', 'depots', `${DEPOT},means\nPBE-D5,A,ए,PBT,PBT1,members=1`, ['line 1']],
    [
      'festivals that end before they start, sell 21 times as much, and are of a district that is not there',
      'festivals',
      `${FAIR}\nX-1,A,ए,2027-03-08,2027-03-07,2,,\nX-2,A,ए,2027-03-08,2027-03-08,21,,\nX-3,A,ए,2027-03-08,2027-03-08,2x,,\nX-4,A,ए,2027-03-08,2027-03-08,2,,XXX`,
      ['line 2, to', 'line 3, factor', 'line 4, factor', 'line 5, district'],
    ],
    ['yes for true', 'products', 'id,name,nameHi,district,material\nX-1,A,ए,LKO,yes', ['line 2, material']],
  ];

  it.each(REFUSED)('%s', async (_says, kind, file, faults) => {
    const answer = await bring(kind, file);
    expect(answer).toMatchObject({ status: 422, problem: { code: 'IMPORT_REFUSED' } });
    const fields = answer.ok ? [] : (answer.problem.fields as { path: string; problem: string }[]);
    expect(fields.map(({ path }) => path)).toEqual(faults);
    for (const { problem } of fields) expect(problem).toMatch(/\w/);
    const first = [
      await isThere('staff', 'S401'),
      await isThere('outlets', 'LKO-41'),
      await isThere('items', 'LKO-SCARF'),
    ];
    expect(first).toEqual([false, false, false]);
  });

  it('A file over 256 KB is refused.', async () => {
    const file = `${STAFF}\n${GOOD}\n`;
    const full = file.padEnd(256 * 1024, '\n');
    expect(await bring('staff', `${full}\n`)).toMatchObject({ status: 413, problem: { code: 'BODY_TOO_LARGE' } });
    expect(await isThere('staff', 'S401')).toBe(false);
    expect(await importOutcomes('staff', full)).toEqual(['created']);
  });
});

describe('File with very many faults', () => {
  it.each([
    ['20,000 wrong ids', `id,name\n${'x!,\n'.repeat(20_000)}`],
    [
      '20,000 unknown columns',
      `id,${Array.from({ length: 20_000 }, (_, at) => `a${at}`).join(',')}\nLKO${','.repeat(20_000)}`,
    ],
  ])('It is refused with the first 200 faults and their number: %s', async (_what, body) => {
    const answer = await bring('districts', body);
    expect(answer).toMatchObject({ ok: false, status: 422, problem: { code: 'IMPORT_REFUSED' } });
    if (answer.ok) return;
    const { problem } = answer;
    expect([problem.fields, problem.faults]).toEqual([
      expect.objectContaining({ length: 200 }),
      expect.toSatisfy((faults: number) => faults >= 20_000),
    ]);
    expect(JSON.stringify(problem).length).toBeLessThan(100_000);
  });
});

const bring = (kind: EditableKind, file: string) => officer.importEntries({ path: { kind }, body: file });

const dryRun = (kind: EditableKind, file: string) =>
  officer.importEntries({ path: { kind }, query: { dryRun: 'true' }, body: file });

/** All items of all tables of the book, with alerts and history. */
const allTables = async (): Promise<ReadonlyMap<string, readonly unknown[]>> => {
  const reader = engineClient();
  const found = new Map<string, readonly unknown[]>();
  for (const table of Object.values(book.bahi.tables)) {
    const items: unknown[] = [];
    for await (const page of scanPages(reader, table)) items.push(...page);
    found.set(table, items);
  }
  reader.destroy();
  return found;
};

const importOutcomes = async (kind: EditableKind, file: string) =>
  expectOk(await bring(kind, file)).lines.map((line) => line.did);

const entry = async (kind: EditableKind, id: string) => expectOk(await officer.getEntry({ path: { kind, id } })).entry;

const isThere = async (kind: EditableKind, id: string) => (await officer.getEntry({ path: { kind, id } })).ok;

/** The price in paise. */
const stole = (from: string, price: number, more = ',,') =>
  `${ITEM}\nLKO-STOLE,Stole,दुपट्टा,KURTA,LKO1,piece,6214,${from},${price / 100},900,5,2,${more}`;

/** The entry of `CANE` without its name. */
const MATERIAL = {
  product: 'BAMBOO',
  seller: 'PBT1',
  unit: 'gram',
  hsn: '1401',
  prices: [{ from: '2026-04-01', price: 6, mrp: 6, gstBasisPoints: 500 }],
  reorderPoint: 50_000,
  aliases: [],
};

const FILES: [EditableKind, file: string, id: string, entry: object][] = [
  [
    'districts',
    'id,name,nameHi,craft,craftHi\nMBD,Moradabad,मुरादाबाद,Brass,पीतल',
    'MBD',
    { name: 'Moradabad', nameHi: 'मुरादाबाद', craft: 'Brass', craftHi: 'पीतल' },
  ],
  [
    'sellers',
    'id,name,registration,gstin,district\nLKO8,Chikan,regular,09XXXZB0001X1ZN,LKO\nLKO9,Small,unregistered,,LKO',
    'LKO9',
    { name: 'Small', registration: 'unregistered', district: 'LKO' },
  ],
  [
    'products',
    'id,name,nameHi,district,material\nSTOLE,Stole,दुपट्टा,LKO,false\nYARN,Yarn,सूत,LKO,true',
    'YARN',
    { name: 'Yarn', nameHi: 'सूत', district: 'LKO', material: true },
  ],
  [
    'items',
    stole('2026-04-01', 80_000, 'dupatta;chunni ,101,2000000001012'),
    'LKO-STOLE',
    {
      name: 'Stole',
      nameHi: 'दुपट्टा',
      product: 'KURTA',
      seller: 'LKO1',
      unit: 'piece',
      hsn: '6214',
      prices: [{ from: '2026-04-01', price: 80_000, mrp: 90_000, gstBasisPoints: 500 }],
      reorderPoint: 2,
      aliases: ['dupatta', 'chunni'],
      keypad: '101',
      barcode: '2000000001012',
    },
  ],
  [
    'outlets',
    'id,name,station,district,sellers\nLKO-09,"Lucknow, stall 9",LKO,LKO,LKO1; LKO2',
    'LKO-09',
    { name: 'Lucknow, stall 9', station: 'LKO', district: 'LKO', sellers: ['LKO1', 'LKO2'] },
  ],
  [
    'outlets',
    'id,name,station,district,sellers,lines\nLKO-10,Stall 10,LKO,LKO,LKO1,Lucknow–Varanasi; Lucknow–Kanpur',
    'LKO-10',
    {
      name: 'Stall 10',
      station: 'LKO',
      district: 'LKO',
      sellers: ['LKO1'],
      lines: ['Lucknow–Varanasi', 'Lucknow–Kanpur'],
    },
  ],
  [
    'items',
    `${ITEM},makers\nPBT-REED,Reed,नरकट,BAMBOO,PBT1,gram,1401,2026-04-01,0.06,0.06,5,50000,,,,P0042`,
    'PBT-REED',
    {
      name: 'Reed',
      nameHi: 'नरकट',
      ...MATERIAL,
      makers: ['P0042'],
    },
  ],
  [
    'items',
    `${ITEM},units,entitlement\n${CANE},kg=1000,members=12000`,
    'PBT-CANE',
    {
      name: 'Cane',
      nameHi: 'बेंत',
      ...MATERIAL,
      units: [{ unit: 'kg', base: 1_000, per: 1 }],
      entitlement: { per: 'members', quantity: 12_000 },
    },
  ],
  [
    'depots',
    `${DEPOT}\nPBE-D2,Depot,डिपो,PBT,PBT1`,
    'PBE-D2',
    { name: 'Depot', nameHi: 'डिपो', district: 'PBT', sellers: ['PBT1'] },
  ],
  [
    'depots',
    `${DEPOT},gives\nPBE-D3,Depot,डिपो,PBT,PBT1,\nPBE-D4,Depot,डिपो,PBT,PBT1,PBT-BAMBOO=5000;PBT-CANE=300`,
    'PBE-D4',
    {
      name: 'Depot',
      nameHi: 'डिपो',
      district: 'PBT',
      sellers: ['PBT1'],
      gives: [
        { item: 'PBT-BAMBOO', quantity: 5_000 },
        { item: 'PBT-CANE', quantity: 300 },
      ],
    },
  ],
  [
    'producers',
    `${MAKER}\nP0077,Rafiq,रफ़ीक़,PBT,Flute`,
    'P0077',
    { name: 'Rafiq', nameHi: 'रफ़ीक़', district: 'PBT', craft: 'Flute' },
  ],
  [
    'producers',
    `${MAKER},group,means\nP0078,Samiti,समिति,PBT,Flute,,\nP0079,Rafiq,रफ़ीक़,PBT,Flute,P0042,members=3;looms=2`,
    'P0079',
    {
      name: 'Rafiq',
      nameHi: 'रफ़ीक़',
      district: 'PBT',
      craft: 'Flute',
      group: 'P0042',
      means: { members: 3, looms: 2 },
    },
  ],
  [
    'festivals',
    `${FAIR}\nHOLI-2027,Holi,होली,2027-03-08,2027-03-22,2,,\nTAJ-2027,Taj Mahotsav,ताज महोत्सव,2027-02-18,2027-02-27,1.5,Marble,LKO`,
    'TAJ-2027',
    {
      name: 'Taj Mahotsav',
      nameHi: 'ताज महोत्सव',
      from: '2027-02-18',
      to: '2027-02-27',
      factor: 1.5,
      craft: 'Marble',
      district: 'LKO',
    },
  ],
  ['staff', `${STAFF}\nS077,आशा देवी,LKO-01`, 'S077', { name: 'आशा देवी', location: 'LKO-01' }],
  [
    'staff',
    `${STAFF},looksAfter,phone,email,language\nDO-1,Meena,,LKO;PBT,+919800000001,,\nDO-2,Ravi,LKO-01,LKO-02;state,,ravi@example.in,en`,
    'DO-2',
    { name: 'Ravi', location: 'LKO-01', looksAfter: ['LKO-02', 'state'], email: 'ravi@example.in', language: 'en' },
  ],
];
