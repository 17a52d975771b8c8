import type { Node } from '@polyneuron/graph';

/** A function that a layer applies to its result: of each element alone, or of the last axis. */
export interface ActivationSpec {
  /** camelCase, as in tfjs where tfjs has it. */
  readonly name: string;
  /** Other spellings: those of Keras, and those of tfjs that are not camelCase. */
  readonly aliases: readonly string[];
  readonly formula: string;
  readonly source: string;
  /** Differentiable any number of times at every point. */
  readonly isSmooth: boolean;
  /** [...] -> [...], float32 */
  apply(x: Node): Node;
}
