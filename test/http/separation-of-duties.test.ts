import { beforeAll, describe, expect, it } from 'vitest';
import { MIN_ISSUER_CONFIRMATIONS, refuseIssuer } from '../../shared/materials/confirmation.ts';
import { type Book, expectOk, useBook } from '../kit/book.ts';
import { SIGNED } from '../kit/confirmations.ts';
import { DEPOT, type Depot, openDepot } from '../kit/depot.ts';
import { type RequestDriver, requestsAt } from '../kit/material-requests.ts';
import { outcomeOf } from '../kit/wire.ts';

const producer = 'P0100';
const book = useBook();
let depot: Depot;
let asks: RequestDriver;
let second: Book['admin'];
beforeAll(async () => {
  depot = await openDepot(book);
  await depot.producer(producer, 9);
  await depot.receive('SIL-1', '400 kg');
  asks = requestsAt(book, depot, producer);
  second = await book.as('depot', `location:${DEPOT}`);
});

describe('Confirmation by signature', () => {
  it('It is marked if the issuer enters it, and not if another login does.', async () => {
    const [own, others] = [await asks.reach.issued(), await asks.reach.issued()];
    expectOk(await sign(own));
    expectOk(await sign(others, second));
    expect(await lastOf(own)).toMatchObject({ did: 'confirm', proof: 'signature', byIssuer: true });
    expect(await lastOf(others)).not.toHaveProperty('byIssuer');
  });

  it('It is refused above the share that officers set, even concurrently; another login may confirm.', async () => {
    await share(1);
    const numbers: string[] = [];
    for (let n = 0; n < MIN_ISSUER_CONFIRMATIONS + 3; n++) numbers.push(await asks.reach.issued());
    const answers = (await Promise.all(numbers.map((number) => sign(number)))).map(outcomeOf);
    // One was entered by the issuer before.
    expect(answers.filter((one) => one === 200)).toHaveLength(MIN_ISSUER_CONFIRMATIONS - 1);
    expect(answers.filter((one) => one === '409 SECOND_PERSON_NEEDED')).toHaveLength(4);
    const refused = numbers[answers.indexOf('409 SECOND_PERSON_NEEDED')] ?? '';
    expect(outcomeOf(await sign(refused, second))).toBe(200);
  });
});

it.each([
  [0, 0, 0, false],
  [20, 0, 0, true],
  [20, 5, 5, false],
  [20, 29, 5, true],
  [20, 29, 6, false],
  [100, 50, 50, true],
])(
  'With a share of %d, %d confirmed and %d by the issuer, one more is allowed: %s',
  (percent, confirmed, byIssuer, allowed) => {
    expect(refuseIssuer({ confirmed, byIssuer }, percent) === undefined).toBe(allowed);
  },
);

const share = async (issuerShare: number) => {
  const path = { kind: 'depots' as const, id: DEPOT };
  const { entry, version } = expectOk(await book.admin.getEntry({ path }));
  expectOk(await book.admin.putEntry({ path, body: { ...entry, issuerShare }, ifMatch: version }));
};

const sign = (number: string, by = book.admin) =>
  by.confirmRequest({ path: asks.pathOf(number), body: SIGNED, ifMatch: 3 });

const lastOf = async (number: string) => (await asks.read(number)).history.at(-1);
