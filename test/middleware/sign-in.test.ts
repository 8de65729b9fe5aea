import { createServer, type Server } from 'node:http';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { PreTokenGenerationTriggerEvent } from 'aws-lambda';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lambdaContext } from '../../local/gateway-event.ts';
import { ROLES, toTokenClaims } from '../../shared/kernel/access.ts';
import { preTokenGeneration, secondFactorLookup } from '../../shared/platform/sign-in.ts';

/**
 * Answers AdminGetUser as Cognito documents it. `with-app` has an authenticator app. `gone` does
 * not exist.
 */
let cognito: Server;
let requests: string[] = [];
let handler: ReturnType<typeof preTokenGeneration>;

beforeAll(async () => {
  cognito = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const { Username } = JSON.parse(body) as { Username: string };
    requests.push(Username);
    const [status, answer] =
      Username === 'gone'
        ? [400, { __type: 'UserNotFoundException', message: 'User does not exist.' }]
        : [200, { Username, ...(Username === 'with-app' && { UserMFASettingList: ['SOFTWARE_TOKEN_MFA'] }) }];
    response.writeHead(status as number, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((listening) => cognito.listen(0, '127.0.0.1', listening));
  const address = cognito.address();
  const client = new CognitoIdentityProviderClient({
    endpoint: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    region: 'ap-south-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  handler = preTokenGeneration(secondFactorLookup(client));
});
afterAll(() => new Promise((closed) => cognito.close(closed)));

it.each(['officer', 'admin'])(
  'The token of an %s with an authenticator app names the role and the second factor.',
  async (role) => {
    expect(await signIn('with-app', [role])).toEqual(claims('true', [role]));
  },
);

it.each(['officer', 'admin'])('The token of an %s without an authenticator app names no role.', async (role) => {
  expect(await signIn('without', [role])).toEqual(claims('false', []));
});

it.each(['outlet', 'depot', 'producer'])('Cognito is not asked about the role %s.', async (role) => {
  expect(await signIn('without', [role])).toEqual(claims('false', [role]));
  expect(requests).toEqual([]);
});

it('A user in no group gets no role.', async () => {
  expect(await signIn('without', undefined)).toEqual(claims('false', []));
});

it('Where Cognito does not answer, no token is given.', async () => {
  await expect(signIn('gone', ['officer'])).rejects.toThrow('User does not exist');
});

it('Without a second factor, no list of groups gives a role that needs one.', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...ROLES)), (groups) => {
      expect(toTokenClaims(groups, false).groups).toEqual(
        groups.filter((role) => role !== 'officer' && role !== 'admin'),
      );
      expect(toTokenClaims(groups, true)).toEqual({ groups, mfa: true });
    }),
  );
});

const signIn = async (userName: string, groups: string[] | undefined) => {
  requests = [];
  const request = { userAttributes: {}, groupConfiguration: { groupsToOverride: groups } };
  const event = {
    userPoolId: 'ap-south-1_X',
    userName,
    request,
    response: {},
  } as unknown as PreTokenGenerationTriggerEvent;
  const { response } = await handler(event, lambdaContext('pre-token-generation'));
  return response.claimsOverrideDetails;
};

const claims = (mfa: string, groups: string[]) => ({
  claimsToAddOrOverride: { mfa },
  groupOverrideDetails: { groupsToOverride: groups },
});
