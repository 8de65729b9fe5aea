import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, it } from 'vitest';
import { synthesize } from './synth.ts';

const { app } = synthesize();

it("AWS's own checks pass on all stacks.", () => {
  const found = new AwsSolutionsChecks(app, { verbose: true })
    .validateScope(app)
    .violations.flatMap(({ ruleName, description, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}: ${description}`),
    );
  expect(found).toEqual([]);
});

it('Every excused check is on this list, with its reason.', () => {
  const excused = app.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries<string>(data))
      .map(([rule, reason]) => ({ what: `${rule.replace('Annotation::AwsSolutions-', '')} at ${node.path}`, reason })),
  );
  expect(excused.map(({ what }) => what).sort()).toEqual(
    [
      // Open to all by the contract.
      'APIG4 at BahiApi/Api/GET--',
      'APIG4 at BahiApi/Api/GET--about--{items}',
      'APIG4 at BahiApi/Api/GET--docs',
      'APIG4 at BahiApi/Api/GET--docs--redoc-2.5.4.standalone.js',
      'APIG4 at BahiApi/Api/GET--health',
      'APIG4 at BahiApi/Api/GET--openapi.json',
      'APIG4 at BahiApi/Api/GET--statements--{code}',
      // Cognito asks a second factor of all or of none; a trigger asks it of officers and admins.
      'COG2 at BahiData/People',
      // Policies of CodeDeploy and AWS Backup, which AWS keeps.
      'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup] at BahiData/Backups/Role',
      'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited] at BahiApi/Deployment/Role',
      // X-Ray's two actions.
      'IAM5[Resource::*] at BahiApi/alerts/Role',
      'IAM5[Resource::*] at BahiApi/bills/Role',
      'IAM5[Resource::*] at BahiApi/canary-sale/Role',
      'IAM5[Resource::*] at BahiApi/documents/Role',
      'IAM5[Resource::*] at BahiApi/registry/Role',
      'IAM5[Resource::*] at BahiApi/reports/Role',
      'IAM5[Resource::*] at BahiApi/requests/Role',
      'IAM5[Resource::*] at BahiApi/service/Role',
      'IAM5[Resource::*] at BahiApi/stock/Role',
      'IAM5[Resource::*] at BahiApi/vouchers/Role',
      'IAM5[Resource::*] at BahiData/pre-token-generation/Role',
      'IAM5[Resource::*] at BahiJobs/AlertWatch/notify-alerts/Role',
      'IAM5[Resource::*] at BahiJobs/StockWatch/evaluate-stock/Role',
      'IAM5[Resource::*] at BahiJobs/allocate-materials/Role',
      'IAM5[Resource::*] at BahiJobs/reconcile-ledger/Role',
      'IAM5[Resource::*] at BahiJobs/build-showcase/Role',
      'IAM5[Resource::*] at BahiJobs/close-day/Role',
      'IAM5[Resource::*] at BahiJobs/update-demand-model/Role',
      'IAM5[Resource::*] at BahiJobs/plan-job/Role',
      'IAM5[Resource::*] at BahiJobs/plan-replenishment/Role',
      'IAM5[Resource::*] at BahiJobs/sweep-alerts/Role',
      'IAM5[Resource::*] at BahiJobs/send-digest/Role',
      'IAM5[Resource::*] at BahiJobs/sum-days/Role',
      'IAM5[Resource::*] at BahiJobs/export-vouchers/Role',
      'IAM5[Resource::*] at BahiJobs/expire-reservations/Role',
      // All seals, and hashes that nobody needs to be seen reading.
      'IAM5[Resource::BahiData:ExportsOutputFnGetAttSeals7EBF2A19ArnB5107462/*] at BahiJobs/reconcile-ledger/Role',
      'IAM5[Resource::BahiData:ExportsOutputFnGetAttSeals7EBF2A19ArnB5107462/*] at BahiJobs/close-day/Role',
      // All public pages.
      'IAM5[Resource::arn:aws:s3:::bahi-showcase-<AWS::AccountId>/*] at BahiJobs/build-showcase/Role',
      // Exports of all locations: one function writes them, another links to them.
      'IAM5[Resource::BahiData:ExportsOutputFnGetAttVoucherExports3059A0BBArnDDE629E1/exports/*] at BahiApi/reports/Role',
      'IAM5[Resource::BahiData:ExportsOutputFnGetAttVoucherExports3059A0BBArnDDE629E1/exports/*] at BahiJobs/export-vouchers/Role',
      'IAM5[Resource::BahiData:ExportsOutputFnGetAttVoucherExports3059A0BBArnDDE629E1/vouchers/*] at BahiJobs/export-vouchers/Role',
      // Topics that are made when there is first something to say.
      'IAM5[Resource::arn:<AWS::Partition>:sns:<AWS::Region>:<AWS::AccountId>:bahi-alerts-*] at BahiJobs/AlertWatch/notify-alerts/Role',
      'IAM5[Resource::arn:<AWS::Partition>:sns:<AWS::Region>:<AWS::AccountId>:bahi-alerts-*] at BahiJobs/send-digest/Role',
      'S1 at BahiData/Seals',
      'S1 at BahiData/VoucherExports',
      'S1 at BahiData/Trail/Events',
      // Public files, and the log itself.
      'S1 at BahiWeb/Files',
      'S1 at BahiWeb/Showcase',
      'S1 at BahiWeb/SiteLog',
      // Without a name of its own the site has CloudFront's certificate. WAF is planned.
      'CFR1 at BahiWeb/Site',
      'CFR2 at BahiWeb/Site',
      'CFR4 at BahiWeb/Site',
      // Dead-letter queues need none themselves.
      'SQS3 at BahiJobs/AlertWatch/NewsFailed',
      'SQS3 at BahiJobs/Failed-allocate-materials',
      'SQS3 at BahiJobs/Failed-reconcile-ledger',
      'SQS3 at BahiJobs/Failed-build-showcase',
      'SQS3 at BahiJobs/Failed-export-vouchers',
      'SQS3 at BahiJobs/Failed-close-day',
      'SQS3 at BahiJobs/Failed-update-demand-model',
      'SQS3 at BahiJobs/Failed-plan-replenishment',
      'SQS3 at BahiJobs/Failed-sweep-alerts',
      'SQS3 at BahiJobs/Failed-send-digest',
      'SQS3 at BahiJobs/Failed-sum-days',
      'SQS3 at BahiJobs/Failed-expire-reservations',
      'SQS3 at BahiJobs/PlansFailed',
      'SQS3 at BahiJobs/StockWatch/ChangesFailed',
    ].sort(),
  );
  expect(excused.filter(({ reason }) => reason.length < 50)).toEqual([]);
});
