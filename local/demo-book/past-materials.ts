import type { Client } from '../../shared/api/client.ts';
import { addDays, type Clock, dayOf } from '../../shared/kernel/time.ts';
import { expectOk } from '../demo-client.ts';
import type { PastTill } from './past-till.ts';

const DEPOT = 'PBE-D1';
const MANAGER = 'S039';
const NEEDED_IN_DAYS = 7;

/** Materials drawn. Bamboo is left for the requests that are open at the first start. */
const MATERIALS_DRAWN = [
  { producer: 'P0042', item: 'PBT-CORK', quantity: '60 piece', proof: 'code' },
  { producer: 'P0010', item: 'PBT-CORK', quantity: '40 piece', proof: 'code' },
  { producer: 'P0020', item: 'PBT-THREAD', quantity: '25 metre', proof: 'signature' },
] as const;

type MaterialsOptions = {
  readonly admin: Client;
  readonly till: PastTill;
  readonly clock: Clock;
  /** Confirms signatures, as the issuer may not. */
  readonly manager: Client;
  readonly signIn: (producer: string) => Promise<Client>;
};

/** Each material is requested, approved, issued and confirmed at the counter. */
export const playDepotDay = async ({ admin, till, clock, manager, signIn }: MaterialsOptions): Promise<void> => {
  for (const { producer, item, quantity, proof } of MATERIALS_DRAWN) {
    const neededBy = addDays(dayOf(clock.now()), NEEDED_IN_DAYS);
    const lines = [{ item, quantity }];
    const { number, body } = till.write('Q', { depot: DEPOT, neededBy, lines });
    const path = { producer, number };
    const submitted = expectOk(await admin.submitRequest({ path, body }));
    const approval = { lines, by: MANAGER };
    expectOk(
      await admin.approveRequest({ path: { depot: DEPOT, number }, body: approval, ifMatch: submitted.version }),
    );
    await till.record(admin, 'I', { request: number, lines });
    const own = await signIn(producer);
    const { version: ifMatch, confirmWith } = expectOk(await own.getRequest({ path }));
    const confirming = proof === 'code' ? own : manager;
    const receipt =
      proof === 'code'
        ? { proof, code: confirmWith?.code ?? '' }
        : { proof, by: MANAGER, signature: `Register, ${producer}` };
    expectOk(await confirming.confirmRequest({ path, body: receipt, ifMatch }));
  }
};
