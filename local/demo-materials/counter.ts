import { randomUUID } from 'node:crypto';
import type { Client } from '../../shared/api/client.ts';
import { sumOf } from '../../shared/kernel/quantity.ts';
import { type Clock, dayOf } from '../../shared/kernel/time.ts';
import { type MaterialRequest, reservedQuantitiesOf } from '../../shared/materials/material-request.ts';
import { expectOk } from '../demo-client.ts';

export type SignIn = (producer: string) => Promise<Client>;

export type CollectedRequest = { readonly request: MaterialRequest; readonly proof: 'code' | 'signature' };

type CounterOptions = {
  readonly depot: string;
  readonly seller: string;
  readonly admin: Client;
  /** Confirms signatures, as the issuer may not. */
  readonly manager: Client;
  readonly signIn: SignIn;
  readonly clock: Clock;
};

export const openCounter = async ({ depot, seller, admin, manager, signIn, clock }: CounterOptions) => {
  const path = { location: depot };
  const { code } = expectOk(await admin.issueEnrolmentCode({ path, body: { seller } }));
  const { terminal } = expectOk(await admin.enrolTerminal({ path, body: { code, installation: randomUUID() } }));
  let serial = 0;
  let previous: string | null = null;

  const units = new Map<string, Promise<string>>();
  const unitOf = (id: string): Promise<string> => {
    const unit =
      units.get(id) ??
      admin.getEntry({ path: { kind: 'items', id } }).then((item) => unitOfEntry(expectOk(item).entry));
    units.set(id, unit);
    return unit;
  };

  const issueTo = async ({ request, lines }: MaterialRequest): Promise<void> => {
    const occurredAt = clock.now();
    const day = dayOf(occurredAt).slice(2).replaceAll('-', '');
    const number = `${terminal}I${day}${String(++serial).padStart(4, '0')}`;
    const reserved = lines.filter(({ approved, issued }) => approved > issued);
    const issuing = await Promise.all(
      reserved.map(async ({ item, approved, issued }) => ({
        item,
        quantity: `${approved - issued} ${await unitOf(item)}`,
      })),
    );
    const body = { occurredAt, by: 'S026', previous, request, lines: issuing };
    previous = number;
    expectOk(await admin.issueMaterial({ path: { location: depot, number }, body }));
  };

  return {
    collect: async (approved: MaterialRequest, proof: CollectedRequest['proof']): Promise<CollectedRequest> => {
      await issueTo(approved);
      const path = { producer: approved.producer, number: approved.request };
      const own = await signIn(approved.producer);
      const { version: ifMatch, confirmWith } = expectOk(await own.getRequest({ path }));
      const body =
        proof === 'code'
          ? { proof, code: confirmWith?.code ?? '' }
          : { proof, by: 'S039', signature: `Register, line ${serial}` };
      const confirming = proof === 'code' ? own : manager;
      return { request: expectOk(await confirming.confirmRequest({ path, body, ifMatch })), proof };
    },
  };
};

const unitOfEntry = (entry: object): string => ('unit' in entry ? String(entry.unit) : '');

export const findDifferencesAtDepot = async (
  admin: Client,
  depot: string,
  collected: readonly CollectedRequest[],
  queue: readonly MaterialRequest[],
): Promise<string[]> => {
  const differences: string[] = [];
  for (const { item, reserved } of expectOk(await admin.getDepotShelf({ path: { depot } })).materials)
    if (reserved !== sumOf(queue.map((request) => reservedQuantitiesOf(request).get(item) ?? 0)))
      differences.push(item);
  for (const { request } of collected) {
    const { accounts, issues } = expectOk(await admin.getPassbook({ path: { producer: request.producer } }));
    const drawn = sumOf(accounts.map((account) => account.drawn));
    const issued = issues.flatMap(({ outcome }) => ('lots' in outcome ? (outcome.lots ?? []).flat() : []));
    if (drawn !== sumOf(issued.map(({ quantity }) => quantity))) differences.push(request.producer);
  }
  return differences;
};
