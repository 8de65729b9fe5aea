import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { siteIn, uploadsOf } from '../../infra/publish-web.ts';
import { operations } from '../../shared/api/contract.ts';
import { buildWeb, stopBuilding, type WebFile } from '../../web/build/build.ts';
import { cacheControl, contentPolicy } from '../../web/build/web-host.ts';
import { at, listed, statementsIn, synthesize } from './synth.ts';

const { of, said } = synthesize().cloud;
const SITE = 'https://bahi.example.gov.in';

let files: readonly WebFile[];
beforeAll(async () => {
  files = await buildWeb();
});
afterAll(stopBuilding);

describe('The site', () => {
  const [site] = of('AWS::CloudFront::Distribution').map(({ properties }) => properties.DistributionConfig);
  const behaviors = listed(at(site, 'CacheBehaviors')) as readonly Record<string, unknown>[];
  const isOfApi = (path: string) =>
    behaviors.some(({ PathPattern: pattern }) => {
      const text = String(pattern);
      return text.endsWith('*') ? path.startsWith(text.slice(0, -1)) : path === text;
    });

  it('Every route of the API goes to the API, and every file of the screens to the bucket.', () => {
    const routes = operations.map(({ route }) => route.replace(/\{\w+\}/g, 'X1'));
    expect(routes.filter((route) => !isOfApi(route))).toEqual([]);
    expect(['/', '/config.json', ...files.map(({ path }) => path)].filter(isOfApi)).toEqual([]);
    expect(at(site, 'DefaultRootObject')).toBe('index.html');
    // A distribution has at most 25.
    expect(behaviors.length).toBeLessThanOrEqual(24);
  });

  it('Answers of the API are never cached, all its methods pass, and so does the token.', () => {
    const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
    const ALL_BUT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
    const pages = behaviors.filter(({ PathPattern: pattern }) => pattern === '/showcase*');
    expect(pages).toMatchObject([{ ViewerProtocolPolicy: 'redirect-to-https' }]);
    for (const behavior of behaviors.filter((one) => !pages.includes(one)))
      expect(behavior).toMatchObject({
        CachePolicyId: CACHING_DISABLED,
        OriginRequestPolicyId: ALL_BUT_HOST,
        ViewerProtocolPolicy: 'https-only',
        AllowedMethods: expect.arrayContaining(['GET', 'PUT', 'POST', 'DELETE']),
      });
  });

  it.each(['Files', 'Showcase'])('The bucket %s is private: only this distribution reads it.', (id) => {
    const [bucket] = of('AWS::S3::Bucket').filter(({ name }) => name === id);
    expect(bucket?.properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    const policies = of('AWS::S3::BucketPolicy').filter(({ properties }) => said(properties.Bucket) === id);
    const allowed = policies
      .flatMap(({ properties }) => statementsIn(properties.PolicyDocument))
      .filter(({ Effect }) => Effect === 'Allow');
    expect(allowed.map(({ Action, Principal }) => ({ Action, Principal }))).toEqual([
      { Action: 's3:GetObject', Principal: { Service: 'cloudfront.amazonaws.com' } },
    ]);
    expect(JSON.stringify(allowed)).toContain('AWS:SourceArn');
    expect(of('AWS::CloudFront::OriginAccessControl')).toHaveLength(2);
  });

  it('A page has the policy of the local server, and may reach the sign-in page.', () => {
    const [headers] = of('AWS::CloudFront::ResponseHeadersPolicy')
      .filter(({ name }) => name === 'PageHeaders')
      .map(({ properties }) => at(properties, 'ResponseHeadersPolicyConfig.SecurityHeadersConfig'));
    const url = 'https://PeopleSignInPage.auth.AWS::Region.amazoncognito.com';
    expect(said(at(headers, 'ContentSecurityPolicy.ContentSecurityPolicy'))).toBe(contentPolicy(url));
    expect(headers).toMatchObject({
      StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000 },
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY' },
      ReferrerPolicy: { ReferrerPolicy: 'no-referrer' },
    });
  });
});

describe('Signing in', () => {
  const clientAt = (context: object) =>
    synthesize('trial', context).cloud.of('AWS::Cognito::UserPoolClient')[0]?.properties;

  it('With a site, the client has the code flow alone, back to that site.', () => {
    expect(clientAt({ site: SITE })).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid'],
      CallbackURLs: [`${SITE}/`],
      LogoutURLs: [`${SITE}/`],
    });
  });

  it('Without a site nobody can sign in by the hosted page.', () => {
    expect(clientAt({})).toMatchObject({ AllowedOAuthFlowsUserPoolClient: false });
  });

  it.each(['http://bahi.example.org', `${SITE}/`, 'bahi.example.org'])(
    'The site %s is refused with advice.',
    (site) => {
      expect(() => clientAt({ site })).toThrow('such as -c site=https://bahi.example.gov.in');
    },
  );
});

describe('Publishing', () => {
  const outputs = {
    BahiApi: { Url: 'https://api' },
    BahiWeb: { SiteBucket: 'files', SignInUrl: 'https://in', WebClientId: 'c1' },
  };

  it('A page is there after what it refers to, and the service worker after all.', () => {
    const uploads = uploadsOf(files, siteIn(outputs).config);
    const paths = uploads.map(({ path }) => path);
    expect(paths.toSorted()).toEqual(['/config.json', ...files.map(({ path }) => path)].sort());
    expect(paths.slice(-2)).toEqual(['/index.html', '/service-worker.js']);
    const changing = uploads.findIndex(({ immutable }) => !immutable);
    expect(uploads.slice(changing).filter(({ immutable }) => immutable)).toEqual([]);
  });

  it('Only files with a hash in their name may be kept by a cache.', () => {
    for (const file of uploadsOf(files, siteIn(outputs).config))
      expect(cacheControl(file)).toMatch(/-\w{8}\.(js|css|woff2|wasm)$/.test(file.path) ? /immutable/ : /^no-cache$/);
  });

  it('Where to publish is read from the outputs of the deployment.', () => {
    expect(siteIn(outputs)).toEqual({
      bucket: 'files',
      config: { signIn: 'hosted', url: 'https://in', client: 'c1' },
    });
    expect(() => siteIn({ BahiApi: {} })).toThrow('npx cdk deploy --all --outputs-file outputs.json');
  });
});
