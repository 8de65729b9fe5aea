import { describe, expect, it } from 'vitest';
import { TABLE_NAMES } from '../../shared/platform/tables.ts';
import { at, ifAny, namesOf, synthesize } from './synth.ts';

const stream = 'arn:aws:dynamodb:ap-south-1:111122223333:table/stock-2/stream/2026-11-30T00:00:00.000';
const withTables = (tables: object) => synthesize('production', { tables: JSON.stringify(tables) });
const restored = withTables({
  Ledger: { tableName: 'ledger-2' },
  Stock: { tableName: 'stock-2', tableStreamArn: stream },
});

describe('Restored tables, named by -c tables=', () => {
  const { of, said } = restored.cloud;

  it('Every function that uses one gets its new name; the others keep theirs.', () => {
    const environments = of('AWS::Lambda::Function').map(({ properties }) => at(properties, 'Environment.Variables'));
    const named = (variable: string) => [
      ...new Set(environments.map((environment) => said(at(environment, variable))).filter((name) => name !== '')),
    ];
    expect(named('TABLE_LEDGER')).toEqual(['ledger-2']);
    expect(named('TABLE_STOCK')).toEqual(['stock-2']);
    expect(named('TABLE_ALERTS')).toEqual(['Alerts']);
  });

  it('Permissions are of the new table and its indexes, and not of the old one.', () => {
    const policies = JSON.stringify(of('AWS::IAM::Policy').map(({ properties }) => properties));
    expect(policies).toContain(':table/ledger-2/index/stillHeld');
    expect(policies).not.toMatch(/ExportsOutputFnGetAttLedger/);
  });

  it('The stream of the restored stock is the one that is read.', () => {
    const sources = of('AWS::Lambda::EventSourceMapping').map(({ properties }) => properties.EventSourceArn);
    expect(sources).toContain(stream);
  });

  it('The stack no longer has the old tables, which production retains.', () => {
    const kept = TABLE_NAMES.filter((name) => name !== 'Ledger' && name !== 'Stock');
    expect(namesOf(of('AWS::DynamoDB::GlobalTable')).sort()).toEqual([...kept].sort());
  });

  it.each([
    [{ Leger: { tableName: 'x' } }, 'There is no table Leger. Name one of Ledger, Stock'],
    [{ Ledger: {} }, 'The restored table Ledger needs its tableName.'],
    [{ Stock: { tableName: 'x' } }, 'The restored table Stock needs its tableStreamArn: enable its stream first'],
  ])('%j is refused with advice.', (tables, advice) => {
    expect(() => withTables(tables)).toThrow(advice);
  });
});

describe('Safekeeping in production', () => {
  const { of, said } = synthesize().cloud;

  it('Each week all tables but Customers and Exports are copied to a second region.', () => {
    const [plan] = of('AWS::Backup::BackupPlan');
    expect(at(plan?.properties, 'BackupPlan.BackupPlanRule')).toMatchObject([
      {
        ScheduleExpression: 'cron(0 21 ? * SAT *)',
        Lifecycle: { DeleteAfterDays: 7 },
        CopyActions: [{ Lifecycle: { DeleteAfterDays: 15 } }],
      },
    ]);
    const copy = at(plan?.properties, 'BackupPlan.BackupPlanRule.0.CopyActions.0.DestinationBackupVaultArn');
    expect(said(copy)).toBe('arn:aws:backup:ap-south-2:AWS::AccountId:backup-vault:bahi');
    const [selection] = of('AWS::Backup::BackupSelection');
    const resources = at(selection?.properties, 'BackupSelection.Resources') as unknown[];
    const saved = TABLE_NAMES.filter((name) => name !== 'Customers' && name !== 'Exports').map((name) => `${name}.Arn`);
    expect(resources.map(said)).toEqual(saved);
  });

  it('CloudTrail records each write to each table.', () => {
    const [trail, ...others] = of('AWS::CloudTrail::Trail');
    expect(others).toEqual([]);
    const fields = at(trail?.properties, 'AdvancedEventSelectors.0.FieldSelectors') as Record<string, unknown>[];
    expect(fields).toMatchObject([
      { Field: 'eventCategory', Equals: ['Data'] },
      { Field: 'resources.type', Equals: ['AWS::DynamoDB::Table'] },
      { Field: 'readOnly', Equals: ['false'] },
      { Field: 'resources.ARN' },
    ]);
    expect(ifAny(fields[3]?.Equals).map(said)).toEqual(TABLE_NAMES.map((name) => `${name}.Arn`));
  });

  it('A trial has neither.', () => {
    const trial = synthesize('trial').cloud;
    expect([...trial.of('AWS::CloudTrail::Trail'), ...trial.of('AWS::Backup::BackupPlan')]).toEqual([]);
  });
});
