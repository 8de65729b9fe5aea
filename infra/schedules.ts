import { Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { JOBS } from '../shared/platform/jobs.ts';

/** A call not delivered within half an hour goes to `undelivered`. */
export const scheduleJobs = (scope: Construct, planner: IFunction, undelivered: IQueue): void => {
  const role = schedulerRole(scope, planner, undelivered);
  for (const [job, { schedule, does }] of Object.entries(JOBS))
    new Schedule(scope, `Schedule-${job}`, {
      description: `${job}: ${does}`,
      schedule: ScheduleExpression.expression(schedule, TimeZone.ASIA_KOLKATA),
      target: new LambdaInvoke(planner, {
        input: ScheduleTargetInput.fromObject({ job }),
        role,
        retryAttempts: 5,
        maxEventAge: Duration.minutes(30),
        deadLetterQueue: undelivered,
      }),
    });
};

/** The target's own grant would allow every version of the function. */
const schedulerRole = (scope: Construct, planner: IFunction, undelivered: IQueue) => {
  const role = new Role(scope, 'SchedulerRole', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  });
  role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [planner.functionArn] }));
  role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [undelivered.queueArn] }));
  return role.withoutPolicyUpdates();
};
