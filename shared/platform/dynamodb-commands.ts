import type {
  BatchGetCommandInput,
  BatchGetCommandOutput,
  BatchWriteCommandInput,
  BatchWriteCommandOutput,
  DeleteCommandInput,
  DeleteCommandOutput,
  GetCommandInput,
  GetCommandOutput,
  PutCommandInput,
  PutCommandOutput,
  QueryCommandInput,
  QueryCommandOutput,
  ScanCommandInput,
  ScanCommandOutput,
  TransactWriteCommandInput,
  TransactWriteCommandOutput,
  UpdateCommandInput,
  UpdateCommandOutput,
} from '@aws-sdk/lib-dynamodb';

export type { PutCommandInput, QueryCommandInput, TransactWriteCommandInput, UpdateCommandInput };

/** One call of DynamoDB. Items are plain values, as in the SDK's document client. */
export class Command<Input extends object, Output> {
  declare readonly output: Output;
  readonly operation: string;
  readonly input: Input;

  constructor(operation: string, input: Input) {
    this.operation = operation;
    this.input = input;
  }
}

const command = <Input extends object, Output>(operation: string) =>
  class extends Command<Input, Output> {
    constructor(input: Input) {
      super(operation, input);
    }
  };

export const GetCommand = command<GetCommandInput, GetCommandOutput>('GetItem');
export const PutCommand = command<PutCommandInput, PutCommandOutput>('PutItem');
export const UpdateCommand = command<UpdateCommandInput, UpdateCommandOutput>('UpdateItem');
export const DeleteCommand = command<DeleteCommandInput, DeleteCommandOutput>('DeleteItem');
export const QueryCommand = command<QueryCommandInput, QueryCommandOutput>('Query');
export const ScanCommand = command<ScanCommandInput, ScanCommandOutput>('Scan');
export const BatchGetCommand = command<BatchGetCommandInput, BatchGetCommandOutput>('BatchGetItem');
export const BatchWriteCommand = command<BatchWriteCommandInput, BatchWriteCommandOutput>('BatchWriteItem');

export const TransactWriteCommand = command<TransactWriteCommandInput, TransactWriteCommandOutput>(
  'TransactWriteItems',
);
