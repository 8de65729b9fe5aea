import { operations } from './contract.ts';
import { isObject, type JsonObject } from './openapi-compaction.ts';
import type { OpenApiDocument } from './openapi-schemas.ts';
import { PARAMETER_DESCRIPTIONS } from './property-descriptions.ts';

type Parameter = JsonObject & { readonly name: string };

const capitalize = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

/** Parameters that two operations have become components. The first example stands for all. */
export const shareParameters = (document: OpenApiDocument): OpenApiDocument => {
  const shared = new Map<string, { readonly id: string; readonly parameter: Parameter; uses: number }>();
  const ids = new Set<string>();
  const keyOf = ({ example: _example, ...parameter }: Parameter) => JSON.stringify(parameter);

  const uniqueId = ({ name, schema }: Parameter): string => {
    const type = isObject(schema) && typeof schema.$ref === 'string' ? schema.$ref.replace(/^.*\//, '') : '';
    const id = [name, `${name}${type}`, `${name}${ids.size}`].find((one) => !ids.has(one)) ?? name;
    ids.add(id);
    return capitalize(id);
  };

  const described = (parameter: Parameter, examples: Record<string, string>): Parameter => ({
    ...parameter,
    description: PARAMETER_DESCRIPTIONS[parameter.name] ?? '',
    ...(parameter.name in examples && { example: examples[parameter.name] }),
  });

  const paths = structuredClone(document.paths) as Record<string, Record<string, JsonObject>>;
  const everyOperation = operations.flatMap(({ route, method, example }) => {
    const operation = paths[route]?.[method.toLowerCase()];
    return operation && Array.isArray(operation.parameters)
      ? [{ operation, examples: { ...example.path, ...example.query } }]
      : [];
  });
  for (const { operation, examples } of everyOperation) {
    const parameters = (operation.parameters as Parameter[]).map((parameter) => described(parameter, examples));
    operation.parameters = parameters;
    for (const parameter of parameters) {
      const known = shared.get(keyOf(parameter));
      if (known) known.uses++;
      else shared.set(keyOf(parameter), { id: uniqueId(parameter), parameter, uses: 1 });
    }
  }
  for (const { operation } of everyOperation)
    operation.parameters = (operation.parameters as Parameter[]).map((parameter) => {
      const found = shared.get(keyOf(parameter));
      return found && found.uses > 1 ? { $ref: `#/components/parameters/${found.id}` } : parameter;
    });
  const parameters = [...shared.values()].filter(({ uses }) => uses > 1).map(({ id, parameter }) => [id, parameter]);
  return { ...document, paths, components: { ...document.components, parameters: Object.fromEntries(parameters) } };
};
