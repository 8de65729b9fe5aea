import { exampleVoucher } from '../ledger/voucher-contract.ts';
import { VOUCHER_KINDS } from '../ledger/voucher-kinds.ts';
import { contract } from './contract.ts';
import { isObject, type JsonObject } from './openapi-compaction.ts';
import { PROBLEM_RESPONSES } from './openapi-responses.ts';
import type { OpenApiDocument } from './openapi-schemas.ts';
import { EXAMPLE_REPORTS } from './report-examples.ts';

type Media = { example?: unknown; examples?: JsonObject };

/** Every kind of voucher, by its letter. */
const kindExamples = (): Map<string, unknown> =>
  new Map<string, unknown>([
    ...Object.values(VOUCHER_KINDS).map(({ code, example }) => [code, example] as const),
    ['S', contract.recordVoucher.example.body],
  ]);

const reportExamples = (): Map<string, unknown> => new Map(EXAMPLE_REPORTS.map((page) => [page.report, page]));

const referencesTo = (names: Iterable<string>): JsonObject =>
  Object.fromEntries([...names].map((name) => [name, { $ref: `#/components/examples/${name}` }]));

const mediaOf = (node: unknown): readonly Media[] =>
  isObject(node) && isObject(node.content) ? Object.values(node.content).map((media) => media as Media) : [];

/** An example of each voucher kind and report, as a component; and of bodies, in their place. */
export const addExamples = (document: OpenApiDocument): OpenApiDocument => {
  const { paths, components } = structuredClone(document) as OpenApiDocument & { paths: Record<string, JsonObject> };
  const named = new Map(Object.entries(isObject(components.examples) ? components.examples : {}));
  const add = (examples: ReadonlyMap<string, unknown>): JsonObject => {
    for (const [name, value] of examples) named.set(name, { value });
    return referencesTo(examples.keys());
  };
  const described = Object.values(paths).flatMap((methods) => Object.values(methods) as JsonObject[]);
  const success = Object.entries(isObject(components.responses) ? components.responses : {});
  const shared = success.filter(([name]) => !PROBLEM_RESPONSES.includes(name)).map(([, response]) => response);
  const own = described.flatMap(({ responses }) => (isObject(responses) ? Object.values(responses) : []));
  const replies = [...own, ...shared].flatMap(mediaOf).filter((media) => typeof media.example !== 'string');
  const bodies = described.map(({ operationId, requestBody }) => [operationId, mediaOf(requestBody)] as const);

  const replace = (media: readonly Media[], examples: JsonObject): void => {
    for (const one of media) {
      delete one.example;
      one.examples = examples;
    }
  };
  for (const [id, media] of bodies) {
    if (id === 'recordVoucher') replace(media, add(kindExamples()));
    if (id === 'submitRequest') replace(media, add(new Map([['Q', contract.submitRequest.example.body]])));
  }
  const reports = replies.filter(({ example }) => isObject(example) && 'report' in example);
  replace(reports, add(reportExamples()));

  const voucher = JSON.stringify(exampleVoucher);
  const vouchers = replies.filter(({ example }) => JSON.stringify(example) === voucher);
  replace(vouchers, add(new Map([['Voucher', exampleVoucher]])));
  // Other replies have none: their schemas say enough, and examples of all would weigh 16 KB.
  for (const reply of replies) delete reply.example;
  return { ...document, paths, components: { ...components, examples: Object.fromEntries(named) } };
};
