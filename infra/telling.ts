import { Stack, Validations } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { MESSAGES_VARIABLES } from '../shared/contract/environment.ts';

/** Topics are one a place, district and state; they are made when there is first something to say, since the registry, not the stack, knows whom there is. */
const TOPICS = 'bahi-alerts';

export const TOPICS_ENVIRONMENT = { [MESSAGES_VARIABLES.topics]: TOPICS };

/** It may make topics of alerts, and publish on them, and on no others. */
export const maySend = (teller: IFunction): void => {
  const resource = Stack.of(teller).formatArn({ service: 'sns', resource: `${TOPICS}-*` });
  teller.addToRolePolicy(new PolicyStatement({ actions: ['sns:CreateTopic', 'sns:Publish'], resources: [resource] }));
  if (teller.role)
    Validations.of(teller.role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:sns:<AWS::Region>:<AWS::AccountId>:${TOPICS}-*]`,
      reason: 'One topic for each place and district: the registry knows them, and the stack does not.',
    });
};

export const mayPublish = (teller: IFunction, bus: EventBus): void =>
  teller.addToRolePolicy(new PolicyStatement({ actions: ['events:PutEvents'], resources: [bus.eventBusArn] }));
