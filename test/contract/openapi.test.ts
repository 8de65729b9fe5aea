import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { operations } from '../../shared/api/contract.ts';
import { openApi } from '../../shared/api/openapi.ts';
import { isObject, type JsonObject } from '../../shared/api/openapi-compaction.ts';
import { EXAMPLE_REPORTS } from '../../shared/api/report-examples.ts';
import { ERROR_CODES, PROBLEMS } from '../../shared/kernel/problems.ts';
import { VOUCHER_KINDS } from '../../shared/ledger/voucher-kinds.ts';
import { ReportPage } from '../../shared/reports/report-contract.ts';
import { REPORTS } from '../../shared/reports/reports.ts';
import { declaredCodes } from '../kit/contract-check.ts';

const document = openApi() as JsonObject & { readonly components: Record<string, Record<string, JsonObject>> };
const text = JSON.stringify(document);

/** Follows references to components; other fields beside the reference win. */
const resolve = (node: unknown): JsonObject => {
  if (!isObject(node)) return {};
  const { $ref, ...beside } = node;
  if (typeof $ref !== 'string') return node;
  const [, , kind = '', name = ''] = $ref.split('/');
  return { ...resolve(document.components[kind]?.[name]), ...beside };
};

const describedOperation = ({ route, method }: { readonly route: string; readonly method: string }): JsonObject =>
  resolve(resolve(resolve(document.paths)[route])[method.toLowerCase()]);

describe('the document', () => {
  it('has at most 312 KB; compressed, 54', () => {
    expect(text.length).toBeLessThanOrEqual(312_000);
    expect(gzipSync(text, { level: 9 }).length).toBeLessThanOrEqual(54_000);
  });

  it('refers only to components that it has, and has none that nothing uses', () => {
    const names = Object.entries(document.components)
      .filter(([kind]) => kind !== 'securitySchemes')
      .flatMap(([kind, all]) => Object.keys(all).map((name) => `#/components/${kind}/${name}`));
    const references = new Set([...text.matchAll(/"(#\/components\/[^"]*)"/g)].map(([, reference]) => reference));
    expect(names.toSorted()).toEqual([...references].toSorted());
    expect(text).not.toMatch(/"const":\d/);
  });

  it('names the kinds of a union by a discriminator', () => {
    const { ValidClaim, LiveVoucher, HeldSettlement, ReportPage: page } = document.components.schemas ?? {};
    const sale = '#/components/schemas/Sale';
    expect(ValidClaim).toMatchObject({ discriminator: { propertyName: 'kind', mapping: { S: sale } } });
    expect(LiveVoucher?.anyOf).toEqual(
      ['LiveValidClaim', 'LiveCancelledClaim'].map((name) => ({ $ref: `#/components/schemas/${name}` })),
    );
    expect(HeldSettlement).toHaveProperty('discriminator.mapping.admit', '#/components/schemas/AdmitHeld');
    expect(page).toHaveProperty('discriminator.propertyName', 'report');
    expect(JSON.stringify(document.components.schemas?.AlertResponse)).toContain('"propertyName":"type"');
  });

  it('has an example of each voucher kind, each report and each problem', () => {
    const { examples = {}, responses = {} } = document.components;
    expect(Object.keys(examples)).toEqual(
      expect.arrayContaining([...Object.keys(VOUCHER_KINDS), 'Q', ...Object.keys(REPORTS)]),
    );
    for (const { code, example } of Object.values(VOUCHER_KINDS)) expect(examples[code]?.value).toMatchObject(example);
    for (const page of EXAMPLE_REPORTS) expect(ReportPage.safeParse(page).error).toBeUndefined();
    const problems = Object.values(responses).flatMap(({ content }) => {
      const shown = resolve(resolve(content)['application/problem+json']).examples;
      return Object.entries(resolve(shown)).map(([code, one]) => [code, resolve(one).value] as const);
    });
    expect(problems.map(([code]) => code).toSorted()).toEqual([...ERROR_CODES].toSorted());
    for (const [code, value] of problems)
      expect(value).toMatchObject({ code, status: PROBLEMS[code as 'BUSY'].status });
  });

  it('shows 401 and 429 as API Gateway sends them', () => {
    const { Unauthorized, Default } = document.components.responses ?? {};
    const messages = (response: unknown) =>
      Object.values(resolve(resolve(resolve(resolve(response).content)['application/json']).examples)).map(
        (one) => resolve(one).value,
      );
    expect(messages(Unauthorized)).toEqual([{ message: 'Unauthorized' }]);
    expect(messages(Default)).toEqual([{ message: 'Too Many Requests' }, { message: 'Service Unavailable' }]);
    expect(Default?.description).toContain('429');
  });

  it('has every operation once, and nothing else', () => {
    const ids = Object.values(resolve(document.paths)).flatMap((methods) =>
      Object.values(methods as JsonObject).map((one) => resolve(one).operationId),
    );
    expect(ids.toSorted()).toEqual(operations.map(({ id }) => id).toSorted());
    const tags = (Array.isArray(document.tags) ? document.tags : []).map((tag) => String(resolve(tag).name));
    expect(tags.toSorted()).toEqual([...new Set(operations.map((operation) => operation.function))].toSorted());
  });
});

describe.each(operations)('$id', (operation) => {
  const described = describedOperation(operation);
  const responses = resolve(described.responses);

  it('has a summary, its roles, and every parameter with a description', () => {
    const { access, example, ifMatch } = operation;
    expect(described.summary).toMatch(/^[A-Z].{9,}[^.]$/);
    expect(described.description).toContain(access === 'open' ? 'Open to all.' : access.roles.join(', '));
    expect(described.security).toEqual(access === 'open' ? [] : undefined);
    const parameters = (Array.isArray(described.parameters) ? described.parameters : []).map(resolve);
    const named = (where: string) => parameters.filter((one) => one.in === where).map(({ name }) => name);
    expect(named('path').toSorted()).toEqual(Object.keys(example.path).toSorted());
    expect(named('query')).toEqual(expect.arrayContaining(Object.keys(example.query ?? {})));
    expect(named('header')).toEqual(ifMatch ? ['If-Match'] : []);
    for (const { description } of parameters) expect(description).toMatch(/\.$/);
  });

  it('has its statuses, and every error code under its status', () => {
    for (const status of operation.statuses)
      expect(resolve(resolve(responses[status]).content)).toHaveProperty([
        operation.binary ?? 'application/json',
        'schema',
      ]);
    const shown = Object.values(responses).flatMap((response) => {
      const { description, content } = resolve(response);
      const codes: readonly string[] = String(description).match(/[A-Z]+(_[A-Z]+)*/g) ?? [];
      const examples = resolve(resolve(resolve(content)['application/problem+json']).examples);
      return Object.keys(examples).filter((code) => codes.includes(code) || code === 'UNAUTHENTICATED');
    });
    const isOpenPage = operation.access === 'open' && operation.html;
    // The default response of a page names those of any operation in words.
    const declared: readonly string[] = isOpenPage ? operation.errors : declaredCodes(operation);
    expect(shown).toEqual(expect.arrayContaining([...declared]));
    const always: readonly string[] = [
      'INVALID_REQUEST',
      'MALFORMED_JSON',
      'BODY_TOO_LARGE',
      'FORBIDDEN',
      'MFA_REQUIRED',
      'BUSY',
      'INTERNAL',
    ];
    expect(shown.filter((code) => !always.includes(code) && !declared.includes(code))).toEqual([]);
  });
});
