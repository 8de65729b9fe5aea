import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** Books are kept for six years from the year's return (CGST section 36): eight from the day covers it. Nobody, the root account included, can shorten it. */
const SEAL_RETENTION = Duration.days(8 * 366);

/** Where the ends of the chains of closes are: written once, read by the audit. */
export const sealsBucket = (scope: Construct): Bucket => {
  const bucket = new Bucket(scope, 'Seals', {
    objectLockEnabled: true,
    objectLockDefaultRetention: ObjectLockRetention.compliance(SEAL_RETENTION),
    versioned: true,
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'It holds hashes, written once and locked; who reads them learns nothing of a book.',
  });
  return bucket;
};
