import { expect, it } from 'vitest';
import { evaluateDriftAlert } from '../../functions/reconcile-ledger/reconcile-location.ts';
import { allStores } from '../../local/all-stores.ts';
import { LocationId } from '../../shared/kernel/ids.ts';
import { Day } from '../../shared/kernel/time.ts';
import { Drift, storedDriftsOf } from '../../shared/reconciliation/drift.ts';
import { useBook } from '../kit/book.ts';
import { exceptionAlertStates, exceptionAlertsIn } from '../kit/exception-alerts.ts';
import { openShop } from '../kit/shop.ts';

const book = useBook();

it('A reconciliation that finds a whole shelf off is stored and alerted, with the count.', async () => {
  const { location } = await openShop(book);
  const place = LocationId.parse(location);
  const vouchers = Array.from({ length: 20 }, (_, at) => `7KQ2MS261120${String(at + 1).padStart(4, '0')}`);
  const drifts = Array.from({ length: 1_200 }, (_, at) =>
    Drift.parse({
      kind: at % 2 ? 'free' : 'on-hand',
      item: `LKO-KURTA-${1_000 + at}`,
      book: 1,
      says: 2,
      version: 3,
      vouchers,
    }),
  );
  const { audits, clock } = allStores();
  await audits.keep({
    location: place,
    auditedAt: clock.now(),
    first: Day.parse('2026-11-17'),
    vouchers: 1,
    ...storedDriftsOf(drifts),
  });
  await evaluateDriftAlert(place, allStores());
  expect(await exceptionAlertStates(book.admin, { location }, 'drift')).toEqual(['drift open 1']);
  expect(await exceptionAlertsIn(book.admin, { location }, 'drift')).toMatchObject([{ figures: { many: 1_200 } }]);
});
