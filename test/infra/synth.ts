import { readFileSync, rmSync } from 'node:fs';
import { bahiApp } from '../../infra/app.ts';
import type { StageName } from '../../infra/stages.ts';

/** The context that `cdk` hands to the app. */
export const CDK_CONTEXT: Readonly<Record<string, unknown>> = JSON.parse(readFileSync('cdk.json', 'utf8')).context;

type Properties = Readonly<Record<string, unknown>>;
export type Template = {
  readonly Resources: Readonly<
    Record<
      string,
      {
        readonly Type: string;
        readonly Properties?: Properties;
        readonly DeletionPolicy?: string;
        readonly UpdatePolicy?: Properties;
      }
    >
  >;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: string } }>>;
};

/** A resource: its logical id without the CDK's hash is what the code calls it. */
export type Resource = {
  readonly stack: string;
  readonly name: string;
  readonly type: string;
  readonly properties: Properties;
  readonly deletionPolicy: string | undefined;
  readonly updatePolicy: Properties | undefined;
};

const synthesizeAnew = (stage: StageName, options: object) => {
  const context = { ...CDK_CONTEXT, ...options, stage, 'aws:cdk:bundling-stacks': [] };
  // `npm run synth` bundles and validates, which takes most of the time.
  const app = bahiApp({ context, builtinCloudFormationValidation: false });
  const { stacks, directory } = app.synth();
  const templates = stacks.map(({ stackName, template }) => [stackName, template as Template] as const);
  rmSync(directory, { recursive: true });
  return { app, stacks, cloud: cloudOf(templates) };
};

const synthesized = new Map<string, ReturnType<typeof synthesizeAnew>>();

/** The stacks of a stage, synthesized once for all files of a worker. */
export const synthesize = (stage: StageName = 'production', options: object = {}) => {
  const key = JSON.stringify([stage, options]);
  const known = synthesized.get(key) ?? synthesizeAnew(stage, options);
  synthesized.set(key, known);
  return known;
};

const withoutHash = (logicalId: string) => logicalId.replace(/[0-9A-F]{8}$/, '');

/** Resources of templates, with their intrinsic functions by name. */
export const cloudOf = (templates: readonly (readonly [string, Template])[]) => {
  const all = templates.flatMap(([stack, { Resources }]) =>
    Object.entries(Resources).map(
      ([id, { Type: type, Properties: properties = {}, DeletionPolicy, UpdatePolicy }]): Resource => {
        const policies = { deletionPolicy: DeletionPolicy, updatePolicy: UpdatePolicy };
        return { stack, name: withoutHash(id), type, properties, ...policies };
      },
    ),
  );
  const exported = new Map(
    templates.flatMap(([, { Outputs = {} }]) => Object.values(Outputs).map((out) => [out.Export?.Name, out.Value])),
  );

  /** The value of an intrinsic function, with resources by name: `Stock.Arn/index/byItem`. */
  const said = (value: unknown): string => {
    if (typeof value === 'string') return value;
    if (value === undefined) return '';
    const [call, argument] = Object.entries(value ?? {})[0] ?? [];
    if (call === 'Ref') return withoutHash(String(argument));
    if (call === 'Fn::GetAtt') return `${withoutHash(String(argument[0]))}.${argument[1]}`;
    if (call === 'Fn::ImportValue') return said(exported.get(argument));
    if (call === 'Fn::Join') return argument[1].map(said).join(argument[0]);
    return JSON.stringify(value);
  };

  return { templates, all, said, of: (type: string) => all.filter((resource) => resource.type === type) };
};

/** The value at a path: `at(schedule, 'Target.DeadLetterConfig.Arn')`. */
export const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce((found, key) => (found as Properties | undefined)?.[key], value);

export const namesOf = (resources: readonly Resource[]): string[] => resources.map(({ name }) => name);

/** One or many, as CloudFormation likes to have it. */
export const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
export const ifAny = (value: unknown): readonly unknown[] => (value === undefined ? [] : listed(value));

export type Statement = {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Principal?: unknown;
};
export const statementsIn = (document: unknown): readonly Statement[] =>
  (document as { readonly Statement: readonly Statement[] }).Statement;
