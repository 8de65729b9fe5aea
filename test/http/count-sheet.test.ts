import { beforeAll, describe, expect, it } from 'vitest';
import type { SheetVoucher } from '../../shared/ledger/count-sheet.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { BAMBOO, DEPOT, openDepot } from '../kit/depot.ts';
import type { VoucherFields } from '../kit/phone.ts';
import { openShop, phonesAt, received, type Shop, tookBack } from '../kit/shop.ts';
import { phoneOf, recordLive, syncAt } from '../kit/shop-phone.ts';
import { hasSpreadsheet, throughSpreadsheet } from '../kit/spreadsheet.ts';
import { ask, outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
const [one = '', two = '', three = ''] = kurtas(3);
let shop: Shop;
let token: string;
beforeAll(async () => {
  shop = await openShop(book);
  token = await book.bahi.issuer.token({ role: 'outlet', scope: [`location:${shop.location}`] });
});

describe('Count sheet as CSV', () => {
  it('A filled sheet becomes a count as JSON would, and its repeat is a repeat.', async () => {
    await recordLive(shop, received({ item: one, quantity: 9 }, { item: two, quantity: 5 }));
    book.clock.forward(60);
    const file = filled(await download(), { [one]: '7', [two]: '०' });
    const { vouchers, notCounted } = await read200(file);
    expect(vouchers).toEqual([
      {
        seller: 'LKO1',
        claim: {
          kind: 'C',
          count: 'evening',
          blind: true,
          lines: [
            { item: one, quantity: 7 },
            { item: two, quantity: 0 },
          ],
        },
      },
    ]);
    expect(notCounted).toBeGreaterThan(30);
    const [voucher] = vouchers;
    const written = writeSheet(shop, voucher);
    expect([outcomeOf(await phoneOf(shop).live(written)), outcomeOf(await phoneOf(shop).live(written))]).toEqual([
      201, 200,
    ]);
    expect(await shop.onHand()).toEqual({ [one]: 7, [two]: 0 });
    book.clock.forward(60);
    expect(await read200(file)).toEqual({ location: shop.location, vouchers, notCounted });
    const other = writeSheet(shop, voucher);
    expect(outcomeOf(await phoneOf(shop).live(other))).toBe('409 COUNTED_TWICE');
    expect(await shop.onHand()).toEqual({ [one]: 7, [two]: 0 });
  });

  it('The ledger is shown if asked, and the count is then not blind.', async () => {
    const blind = await download();
    const open = await download('?ledger=true');
    expect([blind.includes('in_ledger'), open.includes('in_ledger'), open.includes('7 piece')]).toEqual([
      false,
      true,
      true,
    ]);
    const [voucher] = (await read200(filled(open, { [one]: '7' }))).vouchers;
    expect(voucher?.claim).toMatchObject({ blind: false });
  });

  it('Names in Hindi and English, barcodes and places are read; places are added up.', async () => {
    const { entry } = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: three } }));
    const { nameHi, name } = entry as { name: string; nameHi: string };
    const own = { ...entry, name: 'Own kurta', nameHi: 'अपना कुरता', barcode: '8901234567890' };
    const { version } = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: three } }));
    expectOk(await book.admin.putEntry({ path: { kind: 'items', id: three }, body: own, ifMatch: version }));
    const rows = [
      'name,nameHi,barcode,place,quantity,unit',
      'own  KURTA,,,shelf,"1,200",piece',
      ',अपना कुरता,,box,३ नग,',
    ];
    const file = [...rows, ',,8901234567890,godown,2,', ',,,,,', 'Own kurta,,,,,'].join('\n');
    const { vouchers, notCounted } = await read200(`\ufeff${file}\n,,,,,\n`);
    expect(linesOf(vouchers)).toEqual([{ item: three, quantity: 1_205 }]);
    expect(notCounted).toBe(1);
    expectOk(
      await book.admin.putEntry({
        path: { kind: 'items', id: three },
        body: { ...entry, name, nameHi },
        ifMatch: version + 1,
      }),
    );
  });

  it('Every fault is named with its line, and nothing is read of the rest.', async () => {
    const rows = [
      'item,name,barcode,place,quantity,unit',
      `${one},,,,two,piece`,
      `${one},,,,2.5,piece`,
      'LKO-NONE,,,,2,piece',
      ',Nobody,,,2,',
      ',,8.9E+12,,2,',
      ',,,,2,',
      `${two},,,shelf,1,`,
      `${two},,,SHELF,1,`,
      `${two},,,,-1,`,
      `${two},,,,0 kg,`,
      `${two},,,,०.० banana,`,
      `${two},,,,0,kg`,
      `${two},,,rack,0 नग,piece`,
      `${two},,,hook,3  नग,kg`,
    ];
    expect(await faultsOf(rows.join('\n'))).toEqual([
      "line 2, quantity: 'two' is not a number and a unit, such as 2.5 kg",
      'line 3, quantity: 2.5 piece is 2.5 piece; the nearest are 2 piece and 3 piece',
      "line 4, item: no item of the sellers of this location is 'LKO-NONE'",
      "line 5, name: no item of the sellers of this location is 'Nobody'",
      'line 6, barcode: a spreadsheet shortened a long number to 8.9E+12: format the column as Text and enter it again',
      'line 7, item: name the item: by its id, barcode or name',
      `line 9, item: ${two} is in line 8 already: name another place, or write one line with the total`,
      "line 10, quantity: '-1' is not a number and a unit, such as 2.5 kg",
      "line 11, quantity: 'kg' is not a unit of this item; its units are piece",
      "line 12, quantity: 'banana' is not a unit of this item; its units are piece",
      "line 13, quantity: 'kg' is not a unit of this item; its units are piece",
      "line 15, quantity: '3 नग' is not in kg, the unit of the line: write one unit",
    ]);
    expect(await faultsOf('item,amount\nX,1')).toEqual([
      'line 1: unknown column amount',
      'line 1: there is no column quantity',
    ]);
    const many = ['item,quantity', ...Array.from({ length: 300 }, (_, at) => `NO-${at},1`)].join('\n');
    const answer = await read(many);
    expect(answer).toMatchObject({
      ok: false,
      problem: { detail: '300 problems were found; nothing was written. Only the first 200 are listed.', faults: 300 },
    });
    expect(outcomeOf(await read('item,quantity\nX,1', {}))).toBe('400 INVALID_REQUEST');
    expect(outcomeOf(await read('item,quantity\nX,1', { count: 'a', opening: 'true' }))).toBe('400 INVALID_REQUEST');
  });

  it('More than 40 items become several sheets of one count.', async () => {
    const all = kurtas(42);
    const file = ['item,quantity', ...all.map((item, at) => `${item},${at + 1}`)].join('\n');
    const { vouchers } = await read200(file, { count: 'all' });
    expect(vouchers.map(({ claim }) => claim.lines.length)).toEqual([40, 2]);
    book.clock.forward(60);
    const sheets = vouchers.map(({ claim }, at) =>
      phoneOf(shop).write(claim, Date.parse(book.clock.now()) - 2_000 + at),
    );
    expect((await syncAt(shop, ...sheets)).map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded']);
    expect((await shop.onHand())[all[41] ?? '']).toBe(42);
  });

  it.runIf(hasSpreadsheet)(
    'A sheet that LibreOffice opened and saved gives the same vouchers.',
    { tags: 'long' },
    async () => {
      const file = filled(await download('?ledger=true'), { [one]: '7', [two]: '"1,200"' });
      const saved = await throughSpreadsheet(file);
      expect(saved.split('\n').length).toBe(file.split('\n').length + 1);
      expect(await read200(saved)).toEqual(await read200(file));
      expect(linesOf((await read200(saved)).vouchers)).toEqual([
        { item: one, quantity: 7 },
        { item: two, quantity: 1_200 },
      ]);
    },
  );
});

describe('Opening stock as CSV', () => {
  it('It becomes a receipt with costs, which opens an item once.', async () => {
    const fresh = await openShop(book);
    const send = (body: string) =>
      book.admin.readCountSheet({ path: { location: fresh.location }, query: { opening: 'true' }, body });
    const file = `item,quantity,cost_rupees\n${one},4,"1,250.50"\n${two},0,\n`;
    const { vouchers } = expectOk(await send(file));
    expect(vouchers).toEqual([
      {
        seller: 'LKO1',
        claim: {
          kind: 'R',
          opening: true,
          from: { supplier: 'Opening stock' },
          lines: [{ item: one, quantity: 4, cost: 125_050 }],
        },
      },
    ]);
    const written = writeSheet(fresh, vouchers[0]);
    expect(outcomeOf(await phoneOf(fresh).live(written))).toBe(201);
    expect(outcomeOf(await phoneOf(fresh).live(written))).toBe(200);
    expect(await fresh.onHand()).toEqual({ [one]: 4 });
    const recorded = [{ item: one, voucher: written.number }];
    expect(expectOk(await send(file))).toEqual({ location: fresh.location, vouchers: [], notCounted: 0, recorded });
    const other = await send(`item,quantity,cost_rupees\n${one},5,"1,250.50"\n`);
    const differs = `${one} opened here with ${written.number}, which differs from this file: take it out of the file, and count the item if its stock is wrong`;
    expect(other).toMatchObject({ problem: { fields: [{ path: 'line 2, item', problem: differs }] } });
    await recordLive(fresh, received({ item: three, quantity: 1 }));
    expect(await send(`item,quantity\n${three},1\n`)).toMatchObject({
      ok: false,
      problem: { fields: [{ path: 'line 2, item', problem: ALREADY(fresh.location, three) }] },
    });
    const lots = await send(`item,quantity,lot\n${two},4,L1\n`);
    expect(lots).toMatchObject({ ok: false, problem: { fields: [{ problem: 'only a depot keeps lots' }] } });
  });

  it('A second opening of an item is refused live and held when synced, until the first is taken back.', async () => {
    const fresh = await openShop(book, [0, 0]);
    const [first, second] = fresh.phones;
    if (!first || !second) throw new Error('the stall has two phones');
    const write = (phone: typeof first, supplier: string, ...items: string[]) =>
      phone.write({
        kind: 'R',
        ...(supplier !== 'Chikan Samiti' && { opening: true }),
        from: { supplier },
        lines: items.map((item) => ({ item, quantity: 10 })),
      });
    const opening = write(first, 'Opening stock', one, two);
    expect([outcomeOf(await first.live(opening)), outcomeOf(await first.live(opening))]).toEqual([201, 200]);
    book.clock.forward(60);
    const again = write(second, 'from the old book', three, one);
    const met = await second.live(again);
    expect(outcomeOf(met)).toBe('409 COUNTED_TWICE');
    expect(met).toMatchObject({
      problem: { fields: [{ path: 'lines.1.item', problem: `${one} opened here with ${opening.number} already` }] },
    });
    expect(await syncAt(fresh, again)).toMatchObject([{ outcome: 'held', problem: { code: 'COUNTED_TWICE' } }]);
    expect(outcomeOf(await second.live(write(second, 'Opening stock', three)))).toBe(201);
    expect(outcomeOf(await second.live(write(second, 'Chikan Samiti', one)))).toBe(201);
    expect(await fresh.onHand()).toEqual({ [one]: 20, [two]: 10, [three]: 10 });

    book.clock.forward(60);
    await recordLive(fresh, tookBack(opening.number, { line: 1, item: one, quantity: 10 }));
    expect(outcomeOf(await second.live(write(second, 'Opening stock', two)))).toBe('409 COUNTED_TWICE');
    expect(outcomeOf(await second.live(write(second, 'Opening stock', one)))).toBe(201);
    book.clock.forward(60);
    expect(outcomeOf(await first.live(write(first, 'Opening stock', one)))).toBe('409 COUNTED_TWICE');
    expect(await fresh.onHand()).toEqual({ [one]: 20, [two]: 10, [three]: 10 });
  });

  it('An officer admits a held opening only after the first is taken back.', async () => {
    const fresh = await openShop(book);
    const phone = phoneOf(fresh);
    const write = () =>
      phone.write({
        kind: 'R',
        opening: true,
        from: { supplier: 'Opening stock' },
        lines: [{ item: one, quantity: 10 }],
      });
    const opening = write();
    expect(outcomeOf(await phone.live(opening))).toBe(201);
    book.clock.forward(60);
    await syncAt(fresh, write());
    const admit = async () => {
      const { held } = expectOk(await book.admin.listHeld({ path: { location: fresh.location } }));
      const path = { location: fresh.location, held: String(held[0]?.held) };
      const body = { do: 'admit', why: 'two boxes', approved: true } as never;
      return outcomeOf(await book.admin.settleHeld({ path, body, ifMatch: Number(held[0]?.version) }));
    };
    expect(await admit()).toBe('409 STILL_HELD');
    expect(await fresh.onHand()).toEqual({ [one]: 10 });
    await recordLive(fresh, tookBack(opening.number, { line: 1, item: one, quantity: 10 }));
    expect(await admit()).toBe(200);
    expect(await fresh.onHand()).toEqual({ [one]: 10 });
  });

  it('Of two openings at once, one is recorded.', async () => {
    const fresh = await openShop(book, [0, 0, 0]);
    const claim = {
      kind: 'R',
      opening: true,
      from: { supplier: 'Opening stock' },
      lines: [{ item: one, quantity: 10 }],
    };
    const outcomes = await Promise.all(fresh.phones.map((phone) => phone.live(phone.write(claim))));
    expect(outcomes.map(outcomeOf).map(String).toSorted()).toEqual(['201', '409 COUNTED_TWICE', '409 COUNTED_TWICE']);
    expect(await fresh.onHand()).toEqual({ [one]: 10 });
  });

  it('The places of one item stay in one voucher.', async () => {
    const fresh = await openShop(book);
    const all = kurtas(40).toSorted();
    const rows = all.flatMap((item, at) => (at === 39 ? [`${item},a,1`, `${item},b,1`] : [`${item},,1`]));
    const answer = await book.admin.readCountSheet({
      path: { location: fresh.location },
      query: { opening: 'true' },
      body: ['item,place,quantity', ...rows].join('\n'),
    });
    expect(expectOk(answer).vouchers.map(({ claim }) => claim.lines.length)).toEqual([39, 2]);
  });

  it('At a depot each line names its lot, and a bare number of bamboo is ambiguous.', async () => {
    await openDepot(book);
    const { phones } = await phonesAt(book, DEPOT, 'PBT1');
    const send = (body: string) =>
      book.admin.readCountSheet({ path: { location: DEPOT }, query: { opening: 'true' }, body });
    const wrong = await send(`item,quantity,unit,lot\n${BAMBOO},40,,L1\n${BAMBOO},40,kg,\n`);
    expect(wrong).toMatchObject({
      ok: false,
      problem: {
        fields: [
          { path: 'line 2, quantity', problem: '40 may be 40 gram or 40 kg: name the unit' },
          { path: 'line 3, lot', problem: 'at a depot, every line names its lot' },
        ],
      },
    });
    expect(await send(`item,quantity,unit,lot\n${BAMBOO},5 gram,kg,L1\n${BAMBOO},5 किग्रा,kg,L2\n`)).toMatchObject({
      problem: {
        fields: [{ path: 'line 2, quantity', problem: "'5 gram' is not in kg, the unit of the line: write one unit" }],
      },
    });
    const { vouchers } = expectOk(await send(`item,quantity,unit,lot\n${BAMBOO},२.५,किग्रा,L1\n${BAMBOO},40,kg,L2\n`));
    const [voucher] = vouchers;
    expect(voucher?.claim.lines).toEqual([
      { item: BAMBOO, quantity: '2500 gram', lot: 'L1' },
      { item: BAMBOO, quantity: '40000 gram', lot: 'L2' },
    ]);
    const depot = { phones };
    const opening = writeSheet(depot, voucher);
    expect(outcomeOf(await phoneOf(depot).live(opening))).toBe(201);

    // Recorded lines are left out, and a new lot of the item opens.
    const more = await send(`item,quantity,unit,lot\n${BAMBOO},२.५,किग्रा,L1\n${BAMBOO},40,kg,L2\n${BAMBOO},7,kg,L3\n`);
    const answer = expectOk(more);
    expect(answer.recorded).toEqual([{ item: BAMBOO, voucher: opening.number }]);
    expect(linesOf(answer.vouchers)).toEqual([{ item: BAMBOO, quantity: '7000 gram', lot: 'L3' }]);

    // A lot that has sold out does not open again.
    book.clock.forward(60);
    const lost = { kind: 'A', reason: 'damaged', lines: [{ item: BAMBOO, quantity: '2500 gram', lot: 'L1' }] };
    await recordLive(depot as Shop, lost);
    const again = phoneOf(depot).write({
      kind: 'R',
      opening: true,
      from: { supplier: 'Opening stock' },
      lines: [{ item: BAMBOO, quantity: '2500 gram', lot: 'L1' }],
    });
    const met = await phoneOf(depot).live(again);
    expect(outcomeOf(met)).toBe('409 COUNTED_TWICE');
    expect(met).toMatchObject({
      problem: { fields: [{ problem: `L1 of ${BAMBOO} opened here with ${opening.number} already` }] },
    });
  });

  it('A file of which half is recorded continues when it is sent again.', async () => {
    const fresh = await openShop(book);
    const all = kurtas(45).toSorted();
    const body = ['item,quantity', ...all.map((item, at) => `${item},${at + 1}`)].join('\n');
    const send = async () =>
      expectOk(
        await book.admin.readCountSheet({
          path: { location: fresh.location },
          query: { opening: 'true' },
          body,
        }),
      );
    const [first] = (await send()).vouchers;
    const opening = writeSheet(fresh, first);
    expect(outcomeOf(await phoneOf(fresh).live(opening))).toBe(201);
    book.clock.forward(60);
    const left = await send();
    expect(linesOf(left.vouchers)).toEqual(all.slice(40).map((item, at) => ({ item, quantity: at + 41 })));
    expect(left.recorded).toEqual(all.slice(0, 40).map((item) => ({ item, voucher: opening.number })));
    const rest = writeSheet(fresh, left.vouchers[0]);
    expect(outcomeOf(await phoneOf(fresh).live(rest))).toBe(201);
    expect((await send()).vouchers).toEqual([]);
    expect(await fresh.onHand()).toEqual(Object.fromEntries(all.map((item, at) => [item, at + 1])));

    // An opening that was taken back does not count as recorded.
    book.clock.forward(60);
    await recordLive(fresh, tookBack(rest.number, { line: 1, item: all[40] ?? '', quantity: 41 }));
    const answer = await book.admin.readCountSheet({
      path: { location: fresh.location },
      query: { opening: 'true' },
      body: `item,quantity\n${all[40]},41\n`,
    });
    expect(outcomeOf(answer)).toBe('422 IMPORT_REFUSED');
  });

  it('Only the mark makes an opening: a supplier may have any name, a dispatch opens nothing.', async () => {
    const fresh = await openShop(book);
    const phone = phoneOf(fresh);
    const from = { supplier: 'Opening stock' };
    const claim = { kind: 'R', from, lines: [{ item: one, quantity: 10 }] };
    expect(outcomeOf(await phone.live(phone.write(claim)))).toBe(201);
    expect(outcomeOf(await phone.live(phone.write(claim)))).toBe(201);
    const made = phone.write({ ...claim, opening: true, from: { producer: 'P0042' } });
    expect(outcomeOf(await phone.live(made))).toBe('400 INVALID_REQUEST');
    expect(await fresh.onHand()).toEqual({ [one]: 20 });
  });
});

const ALREADY = (location: string, item: string) =>
  `${item} is in the ledger of ${location} already: take this line out of the file, and count the item if its stock is wrong`;

const path = () => ({ location: shop.location });

const read = (body: string, query: Record<string, unknown> = { count: 'evening' }, client = shop.client) =>
  client.readCountSheet({ path: path(), query, body });

const read200 = async (...of: Parameters<typeof read>) => expectOk(await read(...of));

const faultsOf = async (...of: Parameters<typeof read>) => {
  const answer = await read(...of);
  if (answer.ok) throw new Error('it was read');
  return (answer.problem.fields as { path: string; problem: string }[]).map(
    ({ path: at, problem }) => `${at}: ${problem}`,
  );
};

const linesOf = (vouchers: readonly SheetVoucher[]) => vouchers.flatMap(({ claim }) => claim.lines);

const download = async (query = '') => {
  const headers = { accept: 'text/csv' };
  const response = await ask(book, `/locations/${shop.location}/count-sheet${query}`, { token, headers });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/csv']);
  return response.text();
};

/** Writes a quantity into the line of an item. */
const filled = (file: string, quantities: Readonly<Record<string, string>>) => {
  const [header = '', ...rows] = file.trimEnd().split('\r\n');
  const at = header.split(',').indexOf('quantity');
  const lines = rows.map((row) => {
    const cells = row.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)?.map((cell) => cell.replace(/,$/, '')) ?? [];
    cells[at] = quantities[cells[0] ?? ''] ?? '';
    return cells.slice(0, header.split(',').length).join(',');
  });
  return [header, ...lines].join('\r\n');
};

/** The voucher that a file gave, as a phone writes it. */
const writeSheet = (place: Parameters<typeof phoneOf>[0], voucher: { readonly claim: VoucherFields } | undefined) => {
  if (!voucher) throw new Error('the file gave no voucher');
  return phoneOf(place).write(voucher.claim);
};
