import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type AccessTarget, type Caller, canReach, ROLES, Scope } from '../../shared/kernel/access.ts';
import { DistrictId, type LocationId, StockLocationId } from '../../shared/kernel/ids.ts';

const DISTRICTS = { 'LKO-01': 'LKO', 'LKO-02': 'LKO', 'PBE-D1': 'PBT' } as const;
const districtOf = async (location: LocationId) =>
  DistrictId.safeParse(DISTRICTS[location as string as keyof typeof DISTRICTS]).data;

const callerWith = (scope: readonly string[], role: Caller['role'] = 'officer'): Caller => ({
  sub: 'someone',
  role,
  scopes: scope.map((one) => Scope.parse(one)),
});

const location = (id: string): AccessTarget => ({ kind: 'location', location: StockLocationId.parse(id) });
const district = (id: string): AccessTarget => ({ kind: 'district', district: DistrictId.parse(id) });

describe('What a scope reaches', () => {
  it.each`
    scope                               | target                  | may      | why
    ${['location:LKO-01']}              | ${location('LKO-01')}   | ${true}  | ${'its own location'}
    ${['location:LKO-01']}              | ${location('LKO-02')}   | ${false} | ${'the stall beside it'}
    ${['location:LKO-01']}              | ${district('LKO')}      | ${false} | ${'the district it is in'}
    ${['location:LKO-01']}              | ${{ kind: 'anything' }} | ${true}  | ${'what needs some scope'}
    ${['district:LKO']}                 | ${location('LKO-02')}   | ${true}  | ${'a location inside'}
    ${['district:LKO']}                 | ${location('PBE-D1')}   | ${false} | ${'a depot of another district'}
    ${['district:LKO']}                 | ${location('XXX-01')}   | ${false} | ${'a place nobody knows'}
    ${['district:LKO']}                 | ${district('LKO')}      | ${true}  | ${'the district itself'}
    ${['district:LKO']}                 | ${district('PBT')}      | ${false} | ${'another district'}
    ${['district:LKO']}                 | ${{ kind: 'state' }}    | ${false} | ${'the state'}
    ${['district:LKO', 'district:PBT']} | ${location('PBE-D1')}   | ${true}  | ${'a location of the second'}
    ${['producer:P0042']}               | ${location('PBE-D1')}   | ${false} | ${'a producer has no location'}
    ${['state']}                        | ${location('XXX-01')}   | ${true}  | ${'everything, what nobody knows too'}
    ${['state']}                        | ${{ kind: 'state' }}    | ${true}  | ${'the state'}
    ${[]}                               | ${{ kind: 'anything' }} | ${false} | ${'nothing without a scope'}
  `('$scope and $target: $why', async ({ scope, target, may }) => {
    expect(await canReach(callerWith(scope), target, districtOf)).toBe(may);
  });

  const scopes = fc.constantFrom(
    'location:LKO-01',
    'location:PBE-D1',
    'district:LKO',
    'district:PBT',
    'producer:P0042',
    'state',
  );
  const targets = fc.constantFrom<AccessTarget>(
    ...[location('LKO-01'), location('LKO-02'), location('PBE-D1'), location('XXX-01')],
    ...[district('LKO'), district('PBT'), { kind: 'state' } as const, { kind: 'anything' } as const],
  );

  it('One scope more never reaches less.', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(scopes), scopes, targets, async (held, one, target) => {
        fc.pre(await canReach(callerWith(held), target, districtOf));
        expect(await canReach(callerWith([...held, one]), target, districtOf)).toBe(true);
      }),
    );
  });

  it('Several scopes reach what each of them does, for every role but admin.', async () => {
    const roles = fc.constantFrom(...ROLES.filter((role) => role !== 'admin'));
    await fc.assert(
      fc.asyncProperty(fc.array(scopes, { minLength: 1 }), targets, roles, async (held, target, role) => {
        const each = await Promise.all(held.map((one) => canReach(callerWith([one]), target, districtOf)));
        expect(await canReach(callerWith(held, role), target, districtOf)).toBe(each.includes(true));
      }),
    );
  });

  it('An admin reaches everything.', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(scopes), targets, async (held, target) => {
        expect(await canReach(callerWith(held, 'admin'), target, districtOf)).toBe(true);
      }),
    );
  });
});

it('The district of a location is looked up only for a district scope.', async () => {
  const lookUp = vi.fn(districtOf);
  await canReach(callerWith(['location:LKO-01', 'producer:P0042']), location('LKO-02'), lookUp);
  await canReach(callerWith(['location:LKO-01', 'district:LKO']), location('LKO-01'), lookUp);
  await canReach(callerWith(['state']), location('LKO-02'), lookUp);
  expect(lookUp).not.toHaveBeenCalled();
  await canReach(callerWith(['district:LKO']), location('LKO-02'), lookUp);
  expect(lookUp).toHaveBeenCalledExactlyOnceWith('LKO-02');
});

it.each(['location:LKO-1', 'location:lko-01', 'district:L', 'producer:42', 'state ', 'everything', 'location:', ''])(
  'The scope `%s` is invalid.',
  (scope) => {
    expect(Scope.safeParse(scope).success).toBe(false);
  },
);
