import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Operation } from '../../../shared/platform/operation-contract.ts';
import { declaredCodes } from '../contract-check.ts';
import type { Schema } from './document-values.ts';

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;
type Answer = { readonly $ref?: string; readonly content?: Content };
export type Parameter = {
  readonly $ref?: string;
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
};
type DescribedOperation = {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, Answer>>;
};
export type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly responses: Readonly<Record<string, Answer>>;
  };
};

/** The part of an answer that the document describes. */
export type Answered = { readonly status: number; readonly type: string; readonly text: string };

/** Judges answers by the document alone: status, media type, schema, and the code of a problem. */
export const documentCheck = (document: Document) => {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  formats.default(ajv);
  ajv.addSchema({ ...document, $id: 'bahi' });
  const pointerOf = (route: string, method: string, key: string, type: string, shared: string | undefined): string => {
    const part = (text: string) => text.replaceAll('~', '~0').replaceAll('/', '~1');
    const at = shared ?? `#/paths/${part(route)}/${method}/responses/${key}`;
    return `bahi${encodeURI(`${at}/content/${part(type)}/schema`)}`;
  };

  /** Returns the difference between an answer and the document, if there is one. */
  return (operation: Operation, answer: Answered): string | undefined => {
    const { route } = operation;
    const method = operation.method.toLowerCase();
    const responses = document.paths[route]?.[method]?.responses ?? {};
    const key = String(answer.status) in responses ? String(answer.status) : 'default';
    const named = responses[key];
    const shared = named?.$ref;
    const found = shared ? document.components.responses[shared.replace(/^.*\//, '')] : named;
    if (answer.status >= 500) return `answered ${answer.status}: ${answer.text}`;
    if (!found || (key === 'default' && answer.status < 400)) return `answered ${answer.status}, undeclared`;
    const type = answer.type.split(';')[0] ?? '';
    if (!found.content || Object.keys(found.content).length === 0)
      return answer.text === '' ? undefined : `answered ${answer.status} with a body`;
    const described = found.content[type];
    if (!described) return `answered ${answer.status} as ${type}`;
    if (!type.endsWith('json')) return undefined;
    const body = JSON.parse(answer.text);
    const validate = ajv.getSchema(pointerOf(route, method, key, type, shared));
    if (!validate) return `has no schema for ${answer.status}`;
    if (!validate(body)) return `answered ${answer.status} unlike its schema: ${ajv.errorsText(validate.errors)}`;
    if (answer.status >= 400 && !declaredCodes(operation).includes(body.code))
      return `answered ${body.code}, undeclared`;
    return undefined;
  };
};
