import { expect, it } from 'vitest';
import { DepotId, ItemId, ProducerId, StaffId, StockLocationId } from '../../shared/kernel/ids.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import { Instant } from '../../shared/kernel/time.ts';
import { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { decideRequestSubmission, type RequestDecisionInput } from '../../shared/ledger/request-submission.ts';
import { RequestClaim, reservedQuantityOf } from '../../shared/materials/material-request.ts';
import { Depot, Producer, Terminal } from '../../shared/registry/entries.ts';
import { exampleTerminal } from '../../shared/registry/terminal-contract.ts';
import { BAMBOO_ENTRY } from '../kit/bamboo.ts';

const { key } = exampleTerminal;
const now = Instant.parse('2027-03-31T18:29:00Z');
const bamboo = ItemId.parse('PBT-BAMBOO');
const producer = ProducerId.parse('P0042');
const place = { name: 'Depot', nameHi: 'डिपो', district: 'PBT' };
it('Lines of one material are added up in base units, and nothing is reserved yet.', () => {
  const { lines, state, version, season } = kept(
    asking([
      { item: bamboo, quantity: '1.5 kg' },
      { item: bamboo, quantity: '25 gram' },
    ]),
  );
  expect(lines).toEqual([{ item: bamboo, asked: 1_525, approved: 0, issued: 0 }]);
  expect(lines.map(reservedQuantityOf)).toEqual([0]);
  // A minute before midnight in IST, the season is the old one.
  expect({ state, version, season }).toEqual({ state: 'submitted', version: 1, season: '2026-27' });
});

it('The total stays within the limit of one line.', () => {
  const most = { item: bamboo, quantity: '100000000 gram' };
  expect(kept({ ...asking([most]), confirmed: true }).lines).toMatchObject([{ asked: 100_000_000 }]);
  expect(
    decideRequestSubmission({ ...asking([most, { item: bamboo, quantity: '1 gram' }]), confirmed: true }),
  ).toMatchObject({
    refused: 'QUANTITY_NOT_WHOLE',
    facts: { fields: [{ path: 'lines.0.item' }, { path: 'lines.1.item' }] },
  });
});

it.each([
  ['P0042', 'own', 'P0042', {}],
  ['P0050', 'group', 'P0042', {}],
  ['PBE-D1', 'counter', 'S-DEPOT', { staff: 'S-DEPOT' }],
])('A request from a phone of %s comes via %s.', (location, via, by, more) => {
  const input = asking([{ item: bamboo, quantity: '1 gram' }], { terminal: at(location) });
  const { history, ...request } = kept({ ...input, claim: claim([{ item: bamboo, quantity: '1 gram' }], { by }) });
  expect(request).toMatchObject({ via });
  expect(history).toEqual([{ did: 'submit', at: now, by: 'phone', ...more }]);
});

it('A request at the counter names staff of the depot.', () => {
  const input = asking([{ item: bamboo, quantity: '1 gram' }], { terminal: at('PBE-D1') });
  const by = (person: string) =>
    decideRequestSubmission({ ...input, claim: claim([{ item: bamboo, quantity: '1 gram' }], { by: person }) });
  expect([by('GHOST'), by('P0042')]).toMatchObject([{ refused: 'STAFF_UNKNOWN' }, { refused: 'STAFF_UNKNOWN' }]);
});

it.each([
  ['2 t of what a depot may issue in one line', '2000 kg', {}, undefined],
  ['more than that', '2000.001 kg', {}, 'IMPLAUSIBLE'],
  ['more, where the depot is a large one', '3000 kg', { quantityFactor: 1.5 }, undefined],
  ['a bare number', 40, {}, 'UNIT_NEEDED'],
  ['its base unit', '40 gram', {}, undefined],
])('A request of %s is refused.', (_what, quantity, bounds, refused) => {
  const depot = Depot.parse({ ...place, sellers: ['PBT1'], ...bounds });
  const input = asking([{ item: bamboo, quantity }], { depot });
  expect(decideRequestSubmission(input)).toMatchObject(refused ? { refused } : { state: 'submitted' });
  if (refused === 'IMPLAUSIBLE')
    expect(kept({ ...input, confirmed: true }).history[0]).toMatchObject({ confirmed: true });
});

it('Confirming a plausible quantity has no effect.', () => {
  const input = asking([{ item: bamboo, quantity: '60 kg' }]);
  expect(kept({ ...input, confirmed: true }).history[0]).not.toHaveProperty('confirmed');
});

it.each(['P0051', 'BLY-D1', 'PBE-01'])('A phone of %s is refused.', (location) => {
  expect(decideRequestSubmission(asking([{ item: bamboo, quantity: 1 }], { terminal: at(location) }))).toMatchObject({
    refused: 'TERMINAL_ELSEWHERE',
  });
});

it('Only a depot can be asked, not a stall.', () => {
  expect(StockLocationId.safeParse('PBE-01').success && !DepotId.safeParse('PBE-01').success).toBe(true);
  expect(RequestClaim.safeParse({ ...claim([{ item: bamboo, quantity: 1 }]), depot: 'PBE-01' }).success).toBe(false);
});

const claim = (lines: readonly object[], more: object = {}) =>
  RequestClaim.parse({
    kind: 'Q',
    occurredAt: now,
    by: 'P0042',
    previous: null,
    depot: 'PBE-D1',
    neededBy: '2027-04-10',
    lines,
    ...more,
  });

const asking = (
  lines: readonly object[],
  known: Partial<RequestDecisionInput['context']> = {},
): RequestDecisionInput => ({
  number: VoucherNumber.parse('7KQ2MQ2703310001'),
  producer,
  claim: claim(lines),
  enteredBy: 'phone',
  role: 'admin',
  now,
  confirmed: false,
  isProven: true,
  context: {
    staff: new Map([[StaffId.parse('S-DEPOT'), { location: StockLocationId.parse('PBE-D1') }]]),
    terminal: Terminal.parse({ location: 'P0042', seller: 'PBT1', installation: '12345678', key, enrolledAt: now }),
    producer: Producer.parse({ ...place, craft: 'Flute', group: 'P0050' }),
    depot: Depot.parse({ ...place, sellers: ['PBT1'] }),
    items: new Map([[bamboo, BAMBOO_ENTRY]]),
    materials: new Set([bamboo]),
    ...known,
  },
});

const kept = (input: RequestDecisionInput) => {
  const request = decideRequestSubmission(input);
  if (isRefusal(request)) throw new Error(`refused: ${JSON.stringify(request)}`);
  return request;
};

const at = (location: string) =>
  Terminal.parse({ location, seller: 'PBT1', installation: '12345678', key, enrolledAt: now });
