import { readFileSync, rmSync } from 'node:fs';
import { bahiApp } from '../app.ts';

/** `memory` of functions in MB. */
export type TemplateFacts = {
  readonly alarms: number;
  readonly dashboards: number;
  readonly keys: number;
  readonly queues: number;
  readonly memory: ReadonlyMap<string, number>;
};

type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties?: Record<string, unknown> }>>;

const CDK = new URL('../../cdk.json', import.meta.url);

/** Synthesizes the stacks without their bundles. */
export const templateFacts = (): TemplateFacts => {
  const context = {
    ...JSON.parse(readFileSync(CDK, 'utf8')).context,
    stage: 'production',
    'aws:cdk:bundling-stacks': [],
  };
  const { stacks, directory } = bahiApp({ context, builtinCloudFormationValidation: false }).synth();
  const resources = stacks.flatMap(({ template }) => Object.values((template as { Resources: Resources }).Resources));
  rmSync(directory, { recursive: true });
  const count = (type: string): number => resources.filter(({ Type }) => Type === type).length;
  const functions = resources.filter(({ Type }) => Type === 'AWS::Lambda::Function');
  return {
    alarms: count('AWS::CloudWatch::Alarm'),
    dashboards: count('AWS::CloudWatch::Dashboard'),
    keys: count('AWS::KMS::Key'),
    queues: resources.filter(({ Type, Properties }) => Type === 'AWS::SQS::Queue' && Properties?.RedrivePolicy).length,
    memory: new Map(
      functions.map(({ Properties = {} }) => [
        String(Properties.Description).replace('functions/', ''),
        Number(Properties.MemorySize),
      ]),
    ),
  };
};

/** @throws Error if no function of the stacks has this name. */
export const memoryOf = ({ memory }: TemplateFacts, name: string): number => {
  const megabytes = memory.get(name);
  if (!megabytes) throw new Error(`No function of the stacks is named ${name}.`);
  return megabytes;
};
