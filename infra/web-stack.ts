import { type App, CfnOutput, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { operations } from '../shared/api/contract.ts';
import { DOCS_ROUTES } from '../shared/api/docs-page.ts';
import { contentPolicy } from '../web/build/web-host.ts';
import type { ApiStack } from './api-stack.ts';
import type { DataStack } from './data-stack.ts';
import { removalPolicyOf, showcaseBucketName, siteOf, stageOf } from './stages.ts';

/** The screens and the API at one address. */
export class WebStack extends Stack {
  constructor(app: App, id: string, { signInUrl, client }: DataStack, { host }: ApiStack) {
    super(app, id, { description: 'Bahi: the screens, at one address with the API' });
    const files = siteBucket(this);
    const api = apiBehavior(this, host);
    const site = siteOf(this);
    const distribution = new Distribution(this, 'Site', {
      comment: `${stageOf(this).resourcePrefix}: the screens and the API`,
      defaultRootObject: 'index.html',
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(files),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: pageHeaders(this, signInUrl),
        compress: true,
      },
      additionalBehaviors: {
        '/showcase*': showcaseBehavior(this),
        ...Object.fromEntries(apiPatterns().map((pattern) => [pattern, api])),
      },
      enableLogging: true,
      logBucket: logBucket(this),
      ...(site?.certificate && {
        domainNames: [new URL(site.url).host],
        certificate: Certificate.fromCertificateArn(this, 'Certificate', site.certificate),
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      }),
    });
    excuse(distribution);
    new CfnOutput(this, 'SiteUrl', { value: `https://${distribution.distributionDomainName}` });
    new CfnOutput(this, 'SiteBucket', { value: files.bucketName });
    new CfnOutput(this, 'SignInUrl', { value: signInUrl });
    new CfnOutput(this, 'WebClientId', { value: client.userPoolClientId });
  }
}

/** From the contract; all other paths are files, as on the local server. `/` is the page. */
const apiPatterns = (): string[] => {
  const routes = [...operations, ...DOCS_ROUTES].map(({ route }) => route).filter((route) => route !== '/');
  const patterns = routes.map((route) => {
    const [, first = '', rest] = /^\/([^/]+)(\/.*)?$/.exec(route) ?? [];
    return `/${first}${rest === undefined ? '' : '/*'}`;
  });
  return [...new Set(patterns)].sort();
};

/** Never cached: an answer belongs to one caller. */
const apiBehavior = (scope: Construct, host: string): BehaviorOptions => ({
  origin: new HttpOrigin(host, { readTimeout: Duration.seconds(30) }),
  viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
  allowedMethods: AllowedMethods.ALLOW_ALL,
  cachePolicy: CachePolicy.CACHING_DISABLED,
  originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
  responseHeadersPolicy: new ResponseHeadersPolicy(scope, 'ApiHeaders', {
    securityHeadersBehavior: TRANSPORT_HEADERS,
  }),
  compress: true,
});

/** Public pages and feeds, which the job `build-showcase` writes. They run no script. */
const showcaseBehavior = (scope: Construct): BehaviorOptions => ({
  origin: S3BucketOrigin.withOriginAccessControl(
    siteBucket(scope, 'Showcase', { bucketName: showcaseBucketName(scope), versioned: false, lifecycleRules: [] }),
  ),
  viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
  cachePolicy: CachePolicy.CACHING_OPTIMIZED,
  responseHeadersPolicy: new ResponseHeadersPolicy(scope, 'ShowcaseHeaders', {
    securityHeadersBehavior: {
      ...TRANSPORT_HEADERS,
      contentSecurityPolicy: {
        contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'",
        override: true,
      },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
    },
  }),
  functionAssociations: [
    {
      eventType: FunctionEventType.VIEWER_REQUEST,
      function: new EdgeFunction(scope, 'ShowcaseIndex', {
        runtime: FunctionRuntime.JS_2_0,
        code: FunctionCode.fromInline(
          "function handler(e) { if (/^\\/showcase\\/?$/.test(e.request.uri)) e.request.uri = '/showcase/index.html'; return e.request; }",
        ),
      }),
    },
  ],
  compress: true,
});

const TRANSPORT_HEADERS = {
  strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true },
  contentTypeOptions: { override: true },
};

const pageHeaders = (scope: Construct, signInUrl: string): ResponseHeadersPolicy =>
  new ResponseHeadersPolicy(scope, 'PageHeaders', {
    securityHeadersBehavior: {
      ...TRANSPORT_HEADERS,
      contentSecurityPolicy: { contentSecurityPolicy: contentPolicy(signInUrl), override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
    },
  });

const removal = (scope: Construct) => ({
  removalPolicy: removalPolicyOf(scope),
  autoDeleteObjects: !stageOf(scope).keepsData,
});

/** Read by the distribution alone. */
const siteBucket = (scope: Construct, id = 'Files', more: BucketProps = {}): IBucket => {
  const bucket = new Bucket(scope, id, {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    versioned: true,
    // Phones with an older page ask for its files.
    lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(90) }],
    ...removal(scope),
    ...more,
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'Its files are public by the distribution, which logs each request.',
  });
  // The CDK's types disagree under exactOptionalPropertyTypes.
  return bucket as IBucket;
};

/** The API's own log has only the address of CloudFront. */
const logBucket = (scope: Construct): IBucket => {
  const bucket = new Bucket(scope, 'SiteLog', {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    // CloudFront writes logs by an access list.
    objectOwnership: ObjectOwnership.OBJECT_WRITER,
    enforceSSL: true,
    // CERT-In's directions of April 2022.
    lifecycleRules: [{ expiration: Duration.days(180) }],
    ...removal(scope),
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'A log bucket that logged its own log would never come to an end.',
  });
  return bucket as IBucket;
};

const excuse = (distribution: Distribution): void => {
  const because = Validations.of(distribution);
  because.acknowledge({
    id: 'AwsSolutions-CFR1',
    reason: 'Officers travel, and a phone on a foreign network must still send its sales.',
  });
  because.acknowledge({
    id: 'AwsSolutions-CFR2',
    reason: 'WAF is priced and planned in docs/adr/0026-edge-protection.md, before a state goes live.',
  });
  because.acknowledge({
    id: 'AwsSolutions-CFR4',
    reason: 'Without a name of its own the site has the certificate of CloudFront, whose minimum nobody can raise.',
  });
};
