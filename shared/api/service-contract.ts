import * as z from 'zod';
import { Instant } from '../kernel/time.ts';
import { defineReadOperation, EmptyObject } from '../platform/operation-contract.ts';

export const getHealth = defineReadOperation({
  id: 'getHealth',
  function: 'service',
  route: '/health',
  summary: "Is Bahi there, and what time is it? A phone sets its offset by the server's time.",
  access: 'open',
  path: EmptyObject,
  query: EmptyObject,
  reply: z.strictObject({ status: z.literal('ok'), time: Instant }),
  errors: [],
  example: { path: {}, reply: { status: 'ok', time: '2026-11-22T05:00:00.000Z' } },
});

export const getOpenApi = defineReadOperation({
  id: 'getOpenApi',
  function: 'service',
  route: '/openapi.json',
  summary: 'This contract, as OpenAPI 3.1.',
  access: 'open',
  path: EmptyObject,
  query: EmptyObject,
  reply: z.looseObject({ openapi: z.string() }),
  cacheSeconds: 3600,
  errors: [],
  example: { path: {}, reply: { openapi: '3.1.0' } },
});
