import { expect, it } from 'vitest';
import { openApi } from '../../shared/api/openapi.ts';
import { isObject, type JsonObject } from '../../shared/api/openapi-compaction.ts';

const document = openApi();

it('every property of the contract has words: shared/api/property-descriptions.ts', () => {
  const properties = propertiesIn(document, '');
  expect(properties.length).toBeGreaterThan(900);
  expect(properties.filter(({ schema }) => !isDescribed(schema)).map(({ path }) => path)).toEqual([]);
});

it('every schema of the contract has words: shared/api/type-descriptions.ts', () => {
  const { schemas } = document.components;
  expect(Object.keys(schemas).filter((name) => typeof schemas[name]?.description !== 'string')).toEqual([]);
});

type Property = { readonly path: string; readonly schema: JsonObject };

/** Every property of every schema in a part of the document, with its place. */
const propertiesIn = (node: unknown, path: string): Property[] => {
  if (Array.isArray(node)) return node.flatMap((one) => propertiesIn(one, path));
  if (!isObject(node)) return [];
  const place = typeof node.operationId === 'string' ? node.operationId : path;
  return Object.entries(node).flatMap(([key, value]) => {
    if (key === 'example' || key === 'examples') return [];
    if (key === 'schemas' && isObject(value))
      return Object.entries(value).flatMap(([name, schema]) => propertiesIn(schema, name));
    if (key !== 'properties' || !isObject(value)) return propertiesIn(value, place);
    return Object.entries(value).flatMap(([name, schema]) => [
      { path: `${place}.${name}`, schema: schema as JsonObject },
      ...propertiesIn(schema, `${place}.${name}`),
    ]);
  });
};

const isDescribed = (schema: unknown): boolean => {
  if (!isObject(schema)) return false;
  if (typeof schema.description === 'string' || typeof schema.const === 'string') return true;
  const [, name = ''] = /^#\/components\/schemas\/(\w+)$/.exec(String(schema.$ref)) ?? [];
  return name ? isDescribed(document.components.schemas[name]) : isDescribed(schema.items);
};
