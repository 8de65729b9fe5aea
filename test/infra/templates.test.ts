import { describe, expect, it } from 'vitest';
import { operations } from '../../shared/api/contract.ts';
import { DOCS_ROUTES } from '../../shared/api/docs-page.ts';
import { type PlainRoute, routeKey } from '../../shared/platform/operation-contract.ts';
import { at, namesOf, synthesize } from './synth.ts';

const { all, of, said } = synthesize().cloud;

const served: readonly PlainRoute[] = [...operations, ...DOCS_ROUTES];

describe('Routes', () => {
  const routes = of('AWS::ApiGatewayV2::Route').map(({ properties }) => properties);

  it('Every operation and file has one route, and there is no other.', () => {
    expect(routes.map((route) => route.RouteKey).sort()).toEqual(served.map(routeKey).sort());
  });

  it('Every route needs a token, but for pages about goods and records, health and the description.', () => {
    const asks = (route: (typeof routes)[number]) =>
      route.AuthorizationType === 'JWT' && said(route.AuthorizerId) === 'ApiSignedIn';
    const open = routes.filter((route) => !asks(route)).map((route) => route.RouteKey);
    expect(open, 'routes that are open to all').toEqual([
      'GET /statements/{code}',
      'GET /about/{items}',
      'GET /health',
      'GET /openapi.json',
      'GET /',
      'GET /docs',
      'GET /docs/redoc-2.5.4.standalone.js',
    ]);
    expect(open, 'as declared').toEqual(served.filter(({ access }) => access === 'open').map(routeKey));
  });

  it('A token must come from our user pool for our app.', () => {
    expect(namesOf(of('AWS::ApiGatewayV2::Authorizer'))).toEqual(['ApiSignedIn']);
    const [authorizer] = of('AWS::ApiGatewayV2::Authorizer').map(({ properties }) => properties);
    expect(authorizer).toMatchObject({ AuthorizerType: 'JWT', IdentitySource: ['$request.header.Authorization'] });
    expect(at(authorizer, 'JwtConfiguration.Audience')).toHaveLength(1);
    expect(said(at(authorizer, 'JwtConfiguration.Audience.0'))).toBe('App');
    const issuer = 'https://cognito-idp.AWS::Region.amazonaws.com/People';
    expect(said(at(authorizer, 'JwtConfiguration.Issuer'))).toBe(issuer);
  });

  it.each(served)('$id goes to functions/$function', (operation) => {
    const target = said(routes.find((route) => route.RouteKey === routeKey(operation))?.Target);
    const integration = of('AWS::ApiGatewayV2::Integration').find(({ name }) => target === `integrations/${name}`);
    expect(said(integration?.properties.IntegrationUri)).toBe(`${operation.function}FunctionLive`);
  });

  it('The stage is throttled, with a JSON access log that has the request id.', () => {
    const [stage] = of('AWS::ApiGatewayV2::Stage').map(({ properties }) => properties);
    expect(stage).toMatchObject({ DefaultRouteSettings: { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 } });
    expect(JSON.parse(String(at(stage, 'AccessLogSettings.Format')))).toMatchObject({
      requestId: '$context.requestId',
    });
    expect(said(at(stage, 'AccessLogSettings.DestinationArn'))).toBe('ApiAccessLog.Arn');
  });

  it("Each route without a token has its own limit, far below the stage's.", () => {
    const [stage] = of('AWS::ApiGatewayV2::Stage').map(({ properties }) => properties);
    const open = served.filter(({ access }) => access === 'open').map(routeKey);
    const limit = { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 };
    expect(stage?.RouteSettings).toEqual(Object.fromEntries(open.map((key) => [key, limit])));
  });

  it('Pages of other sites may not call.', () => {
    expect(namesOf(of('AWS::ApiGatewayV2::Api').filter(({ properties }) => properties.CorsConfiguration))).toEqual([]);
  });
});

it('Selling has reserved concurrency, and open routes have little.', () => {
  const reserved = of('AWS::Lambda::Function').flatMap(({ properties }) =>
    properties.ReservedConcurrentExecutions === undefined
      ? []
      : [[properties.Description, properties.ReservedConcurrentExecutions]],
  );
  expect(Object.fromEntries(reserved)).toEqual({ 'functions/vouchers': 200, 'functions/service': 5 });
});

describe('Functions', () => {
  const functions = of('AWS::Lambda::Function');
  /**
   * Seconds. A phone waits ten, an office as long as the gateway. All others finish in a minute.
   */
  const patience: Readonly<Record<string, number>> = {
    'functions/reports': 29,
    'functions/pre-token-generation': 5,
    'functions/canary-sale': 60,
    'functions/documents': 29,
    'functions/reconcile-ledger': 600,
    'functions/build-showcase': 300,
    'functions/export-vouchers': 600,
    'functions/close-day': 300,
    'functions/expire-reservations': 300,
    'functions/sum-days': 300,
    'functions/send-digest': 300,
    'functions/update-demand-model': 900,
    'functions/allocate-materials': 600,
  };

  it.each(functions)(
    '$properties.Description runs on Node 24, ARM, traced, with a timeout, and reads no source map at its start.',
    ({ stack, properties }) => {
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
        Timeout: patience[String(properties.Description)] ?? (stack === 'BahiApi' ? 10 : 60),
      });
      expect(at(properties, 'Environment.Variables.NODE_OPTIONS')).toBeUndefined();
    },
  );

  it('Every function has its own log.', () => {
    const logs = functions.map(({ properties }) => said(at(properties, 'LoggingConfig.LogGroup')));
    expect(logs).toEqual(functions.map(({ name }) => name.replace(/Function$/, 'Logs')));
    expect(namesOf(of('AWS::Logs::LogGroup')).sort()).toEqual([...logs, 'ApiAccessLog'].sort());
  });

  it('Logs are kept for the 180 days that CERT-In asks, and no longer.', () => {
    const others = of('AWS::Logs::LogGroup').filter(({ properties }) => properties.RetentionInDays !== 180);
    expect(namesOf(others)).toEqual([]);
  });
});

describe('Alarms', () => {
  it('Alarms say who suffers and what to do, and reach the person on duty.', () => {
    const silent = of('AWS::CloudWatch::Alarm').filter(
      ({ properties }) =>
        said(at(properties, 'AlarmActions.0')) !== 'Alarms' || String(properties.AlarmDescription).length < 100,
    );
    expect(namesOf(silent)).toEqual([]);
  });

  it('The alarm topic is encrypted, closed to plain HTTP, and open to CloudWatch and Budgets.', () => {
    const [topic] = of('AWS::SNS::Topic');
    expect(said(topic?.properties.KmsMasterKeyId)).toBe('AlarmKey.Arn');
    const senders = ['budgets.amazonaws.com', 'cloudwatch.amazonaws.com'];
    const mayPublish = { Effect: 'Allow', Action: 'sns:Publish', Principal: { Service: senders } };
    const statements = at(of('AWS::SNS::TopicPolicy')[0]?.properties, 'PolicyDocument.Statement');
    expect(statements).toContainEqual(expect.objectContaining(mayPublish));
    const refusesPlain = { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    expect(statements).toContainEqual(expect.objectContaining(refusesPlain));
  });
});

it('No stack holds anything that exists only on this machine.', () => {
  const local = all.filter(({ properties }) => /[\s"/]local\//.test(JSON.stringify(properties)));
  expect(namesOf(local)).toEqual([]);
});
