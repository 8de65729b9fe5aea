import { Annotations, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

type StageSettings = {
  /** Begins the names of stacks, so a deployment changes no other stage. */
  readonly prefix: string;
  /** Begins the names of event bus, API and topics. */
  readonly resourcePrefix: string;
  readonly keepsData: boolean;
  /** An hour of the day without a sale is an alarm. */
  readonly sellsDaily: boolean;
  /** Budget; docs/cost.md has the expected bill. */
  readonly monthlyDollars: number;
  readonly deploysGradually: boolean;
  readonly warning: string;
};

export const STAGES = {
  production: {
    prefix: 'Bahi',
    resourcePrefix: 'bahi',
    keepsData: true,
    sellsDaily: true,
    monthlyDollars: 400,
    deploysGradually: true,
    warning:
      'Stage production. Seals are written under Object Lock in COMPLIANCE mode: nobody, not even the root account, can ' +
      'delete one for eight years, nor close the account free of charge before. Tables, accounts and logs outlive their ' +
      'stack. To try Bahi out: -c stage=trial.',
  },
  trial: {
    prefix: 'BahiTrial',
    resourcePrefix: 'bahi-trial',
    keepsData: false,
    sellsDaily: false,
    monthlyDollars: 50,
    deploysGradually: false,
    warning:
      'Stage trial. `cdk destroy` deletes all tables, accounts, seals and logs, without a question. Keep no book here that ' +
      'anybody needs. For real sales: -c stage=production.',
  },
} as const satisfies Record<string, StageSettings>;

export type StageName = keyof typeof STAGES;
/** Mumbai's neighbour in India. */
export const SECOND_REGION = 'ap-south-2';

export type Stage = StageSettings & { readonly name: StageName };

/** @throws Error with advice if `-c stage=` is missing or unknown. */
export const stageOf = ({ node }: Construct): Stage => {
  const name: unknown = node.tryGetContext('stage');
  const names = Object.keys(STAGES);
  if (typeof name !== 'string' || !names.includes(name))
    throw new Error(
      `${name === undefined ? 'No stage is named' : `There is no stage ${JSON.stringify(name)}`}. ` +
        `Name one of ${names.join(', ')}: npx cdk synth -c stage=trial. What each does: docs/deploy.md.`,
    );
  return { ...STAGES[name as StageName], name: name as StageName };
};

export const removalPolicyOf = (scope: Construct): RemovalPolicy =>
  stageOf(scope).keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;

/** Fixed, since the jobs write to a bucket of the web stack, which is deployed after them. */
export const showcaseBucketName = (scope: Construct): string =>
  `${stageOf(scope).resourcePrefix}-showcase-${Stack.of(scope).account}`;

/** CDK prints it at each synth. */
export const warnOfStage = (scope: Construct): void =>
  Annotations.of(scope).addWarningV2('bahi:stage', stageOf(scope).warning);

/** `certificate`: its ARN in us-east-1, where CloudFront wants it. */
export type Site = { readonly url: string; readonly certificate: string | undefined };

/**
 * Returns the screens' address and certificate: `-c site=https://… -c certificate=arn:…`. Without
 * an address nobody can sign in by the hosted page.
 *
 * @throws Error with advice if the address is not `https://` and a host.
 */
export const siteOf = ({ node }: Construct): Site | undefined => {
  const [site, certificate]: unknown[] = [node.tryGetContext('site'), node.tryGetContext('certificate')];
  if (site === undefined) return undefined;
  if (typeof site !== 'string' || !/^https:\/\/[a-z0-9.-]+$/.test(site))
    throw new Error(
      `The site is https:// and a host, such as -c site=https://bahi.example.gov.in (got ${JSON.stringify(site)}).`,
    );
  return { url: site, certificate: typeof certificate === 'string' ? certificate : undefined };
};
