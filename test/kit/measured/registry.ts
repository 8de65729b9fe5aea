import { randomUUID } from 'node:crypto';
import { type Book, enrol, expectOk } from '../book.ts';
import type { Measured } from './measured.ts';

const body = (price: number) => ({
  name: 'Kurta',
  nameHi: 'कुर्ता',
  product: 'KURTA',
  seller: 'LKO2',
  unit: 'piece' as const,
  hsn: '6211',
  reorderPoint: 3,
  aliases: [],
  prices: [{ from: '2026-04-01', price, mrp: 99_900, gstBasisPoints: 500 }],
});

export const registryOperations = ({ admin, clock }: Pick<Book, 'admin' | 'clock'>): readonly Measured[] => {
  const location = 'LKO-01';
  let [code, terminal, made] = ['', '', 0];
  const issue = async () => {
    code = expectOk(await admin.issueEnrolmentCode({ path: { location }, body: { seller: 'LKO1' } })).code;
  };
  const put = async (price: number, ifMatch?: number) => {
    const path = { kind: 'items' as const, id: `NEW-${made}` };
    expectOk(await admin.putEntry({ path, body: body(price), ...(ifMatch !== undefined && { ifMatch }) }));
  };
  const enter = () => {
    made++;
    return put(90_000);
  };
  const fileOf = (count: number) => {
    const columns = 'id,name,nameHi,product,seller,unit,hsn,from,price_rupees,mrp_rupees,gst_percent,reorderPoint';
    const lines = Array.from({ length: count }, () => {
      made++;
      return `FILE-${made},Kurta,कुर्ता,KURTA,LKO2,piece,6211,2026-04-01,900,999,5,3`;
    });
    return [columns, ...lines].join('\n');
  };
  return [
    { name: 'issue an enrolment code', run: issue },
    {
      name: 'enrol a terminal',
      prepare: issue,
      run: async () => {
        const installation = randomUUID();
        expectOk(await admin.enrolTerminal({ path: { location }, body: { code, installation } }));
      },
    },
    {
      name: 'revoke a terminal',
      prepare: async () => {
        terminal = await enrol({ admin }, location, 'LKO1');
      },
      run: async () => expectOk(await admin.revokeTerminal({ path: { location, terminal }, body: { reason: 'lost' } })),
    },
    {
      name: "list a location's terminals, 2 of them",
      run: async () => {
        const { terminals } = expectOk(await admin.listTerminals({ path: { location: 'LKO-02' } }));
        if (terminals.length > 2) throw new Error(`${terminals.length} terminals are there`);
      },
    },
    {
      name: 'list the staff of a location, 2 of them',
      run: async () => {
        const { staff } = expectOk(await admin.listStaff({ path: { location: 'LKO-02' } }));
        if (staff.length > 2) throw new Error(`${staff.length} people are there`);
      },
    },
    {
      name: 'read an entry of the registry',
      run: async () => expectOk(await admin.getEntry({ path: { kind: 'items', id: 'LKO-KURTA-01' } })),
    },
    {
      name: 'list entries of the registry, a page of 48 items',
      run: async () => {
        const { entries, cursor } = expectOk(await admin.listEntries({ path: { kind: 'items' } }));
        if (entries.length !== 48 || cursor) throw new Error(`${entries.length} items are in the registry`);
      },
    },
    { name: 'enter an item', run: enter },
    {
      name: 'change the price of an item',
      prepare: async () => {
        await enter();
        clock.forward(1);
      },
      run: () => put(80_000, 1),
    },
    {
      name: 'read the history of an item, 2 changes',
      run: async () => {
        const path = { kind: 'items' as const, id: `NEW-${made}` };
        const { changes } = expectOk(await admin.getEntryHistory({ path }));
        if (changes.length !== 2) throw new Error(`${changes.length} changes are kept`);
      },
    },
    {
      name: 'record the consent of a producer',
      run: async () => {
        made++;
        const paper = `DIC/2026/${made}`;
        const path = { producer: 'P0042' };
        expectOk(await admin.setConsent({ path, body: { publish: ['name'], paper } }));
      },
    },
    {
      name: 'read the papers of a producer',
      run: async () => expectOk(await admin.getReadiness({ path: { producer: 'P0042' } })),
    },
    {
      name: 'count the papers of the producers of a district',
      run: async () => expectOk(await admin.getReadinessCounts({ query: { area: 'PBT' } })),
    },
    {
      name: 'check a file of 10 new items by a dry run',
      run: async () => {
        const query = { dryRun: 'true' } as const;
        const { lines } = expectOk(await admin.importEntries({ path: { kind: 'items' }, query, body: fileOf(10) }));
        if (!lines.every(({ did }) => did === 'created')) throw new Error('all were to be new');
      },
    },
    {
      name: 'import a file of 10 new items',
      run: async () => {
        const { lines } = expectOk(await admin.importEntries({ path: { kind: 'items' }, body: fileOf(10) }));
        if (!lines.every(({ did }) => did === 'created')) throw new Error('all were to be new');
      },
    },
  ];
};
