import { describe, expect, inject, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { losingClient } from '../kit/interceptor.ts';

const { client, loseNext } = losingClient(inject('endpoint'));
let entered = 300;
const book = useBook({ client });

const anotherId = () => `S${++entered}`;
const put = (id: string, name: string, ifMatch?: number) =>
  book.admin.putEntry({
    path: { kind: 'staff', id },
    body: { name, location: 'LKO-01' },
    ...(ifMatch !== undefined && { ifMatch }),
  });

describe.each([1, 2])('Answer lost %i times', (times) => {
  it('A new entry is answered as created.', async () => {
    loseNext({ table: 'Registry', times });
    const id = anotherId();
    const first = await put(id, 'Ravi');
    expect([first.status, expectOk(first).version]).toEqual([201, 1]);
    expect((await put(id, 'Ravi')).status).toBe(200);
  });

  it('A changed entry changes once.', async () => {
    const id = anotherId();
    expectOk(await put(id, 'Ravi'));
    loseNext({ table: 'Registry', times });
    expect(expectOk(await put(id, 'Rani', 1))).toMatchObject({ version: 2, entry: { name: 'Rani' } });
  });

  it('An imported line says that it was created.', async () => {
    loseNext({ table: 'Registry', times });
    const body = `id,name,location\n${anotherId()},Ravi,LKO-01`;
    const { lines } = expectOk(await book.admin.importEntries({ path: { kind: 'staff' }, body }));
    expect(lines.map(({ did }) => did)).toEqual(['created']);
  });

  it('An enrolment code is issued and works.', async () => {
    loseNext({ table: 'Registry', times });
    const path = { location: 'LKO-01' };
    const { code } = expectOk(await book.admin.issueEnrolmentCode({ path, body: { seller: 'LKO1' } }));
    const enrolled = await book.admin.enrolTerminal({ path, body: { code, installation: `phone-lost-${times}` } });
    expect(enrolled.status).toBe(201);
  });
});
