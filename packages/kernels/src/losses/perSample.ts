import { mean, type Node } from '@polyneuron/graph';

/** Mean over every axis but the first: [B, ...] -> [B]. For full batches the mean of these is tfjs's batch loss. */
export function perSample(values: Node): Node {
  return mean(
    values,
    values.shape.slice(1).map((_, at) => at + 1),
  );
}
