import type { Node } from '@polyneuron/graph';

/** A law of the learning rate over steps, as a record. */
export interface ScheduleSpec<C extends object = object> {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly formula: string;
  readonly source: string;
  /** (config, finished steps as a float32 scalar, 0 at the first) -> learning rate, a float32 scalar. */
  learningRate(config: C, step: Node): Node;
}
