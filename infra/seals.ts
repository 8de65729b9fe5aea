import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/**
 * CGST section 36: six years from the year's return, at most eight from the day. Not even the root
 * account can shorten it.
 */
const SEAL_RETENTION = Duration.days(8 * 366);

/** Last hashes of the close chains, read by reconciliation. */
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
    reason: 'It holds hashes, written once and locked, which reveal no data.',
  });
  return bucket;
};
