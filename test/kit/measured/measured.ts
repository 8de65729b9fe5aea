/** An operation to measure. `prepare` is not: it makes what `run` uses up. */
export type Measured = {
  readonly name: string;
  readonly prepare?: () => Promise<unknown>;
  readonly run: () => Promise<unknown>;
};
