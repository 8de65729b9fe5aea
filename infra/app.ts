import { App, type AppProps, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ApiStack } from './api-stack.ts';
import { DataStack } from './data-stack.ts';
import { JobsStack } from './jobs-stack.ts';

/** Account and region are the deployer's. */
export const bahiApp = (props?: AppProps): App => {
  const app = new App(props);
  const data = new DataStack(app, 'BahiData');
  new ApiStack(app, 'BahiApi', data);
  new JobsStack(app, 'BahiJobs', data);
  Tags.of(app).add('application', 'bahi');
  return app;
};

if (import.meta.main) {
  const app = bahiApp();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
}
