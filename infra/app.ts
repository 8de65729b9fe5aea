import { App, type AppProps, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ApiStack } from './api-stack.ts';
import { DataStack } from './data-stack.ts';
import { JobsStack } from './jobs-stack.ts';
import { stageOf, warnOfStage } from './stages.ts';
import { WebStack } from './web-stack.ts';

/** Account and region are the deployer's, the stage is `-c stage=`. */
export const bahiApp = (props?: AppProps): App => {
  const app = new App(props);
  const { name, prefix } = stageOf(app);
  const data = new DataStack(app, `${prefix}Data`);
  warnOfStage(data);
  const jobs = new JobsStack(app, `${prefix}Jobs`, data);
  const api = new ApiStack(app, `${prefix}Api`, data, jobs);
  new WebStack(app, `${prefix}Web`, data, api);
  Tags.of(app).add('application', 'bahi');
  Tags.of(app).add('stage', name);
  return app;
};

const startApp = (): App => {
  try {
    return bahiApp();
  } catch (error) {
    // The message has the advice; a stack trace would hide it.
    console.error((error as Error).message);
    process.exit(1);
  }
};

if (import.meta.main) {
  const app = startApp();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
}
