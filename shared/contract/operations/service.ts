import * as z from 'zod';
import { Instant } from '../../domain/time.ts';
import { define } from '../operation.ts';
import { Nothing } from '../parameters.ts';

export const getHealth = define({
  id: 'getHealth',
  function: 'service',
  method: 'GET',
  route: '/health',
  summary: "Is Bahi there, and what time is it? A phone sets its offset by the server's time.",
  access: 'open',
  path: Nothing,
  query: Nothing,
  body: Nothing,
  consumes: 'nothing',
  ifMatch: false,
  reply: z.strictObject({ status: z.literal('ok'), time: Instant }),
  statuses: [200],
  errors: [],
  example: { path: {}, reply: { status: 'ok', time: '2026-11-22T05:00:00.000Z' } },
});

export const getOpenApi = define({
  id: 'getOpenApi',
  function: 'service',
  method: 'GET',
  route: '/openapi.json',
  summary: 'This contract, as OpenAPI 3.1.',
  access: 'open',
  path: Nothing,
  query: Nothing,
  body: Nothing,
  consumes: 'nothing',
  ifMatch: false,
  reply: z.looseObject({ openapi: z.string() }),
  statuses: [200],
  errors: [],
  example: { path: {}, reply: { openapi: '3.1.0' } },
});
