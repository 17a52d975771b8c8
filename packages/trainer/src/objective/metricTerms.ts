import { add, and, cast, div, equal, max, type Node, sum } from '@polyneuron/graph';
import { accuracyFor, crossentropyFor, type LossSpec, type MetricSpec, metrics } from '@polyneuron/kernels';
import type { ObjectiveIdentifier } from '../model/modelInternals.js';
import type { CountedSamples } from '../model/tracedModel.js';
import { batchMean, batchSum } from './batchMean.js';
import { identify } from './identify.js';

/** A metric as it is reported: one number per batch, averaged over samples, then finished. */
export interface MetricTerm {
  readonly targets: MetricSpec['targets'];
  /** (yTrue, yPred) [B, ...] -> [] */
  ofBatch(yTrue: Node, yPred: Node, counted: CountedSamples | undefined): Node;
  finish(mean: number): number;
}

const identity = (mean: number): number => mean;

function termOf(spec: MetricSpec): MetricTerm {
  return {
    targets: spec.targets,
    ofBatch: (yTrue, yPred, counted) => batchMean(spec.perSample(yTrue, yPred), counted),
    finish: (mean) => spec.finish?.(mean) ?? mean,
  };
}

/** tp / (tp + misses) of a batch, 0 where there are none. Predictions count as 1 only where they are 1, as in tfjs. */
function ratioTerm(isMiss: (yTrue: Node, yPred: Node) => Node): MetricTerm {
  return {
    targets: 'values',
    ofBatch(yTrue, yPred, counted) {
      const count = (condition: Node) => {
        const hits = cast(condition, 'float32');
        return batchSum(
          sum(
            hits,
            hits.shape.slice(1).map((_, axis) => axis + 1),
          ),
          counted,
        );
      };
      const right = count(and(equal(yTrue, 1), equal(yPred, 1)));
      return div(right, max(add(right, count(isMiss(yTrue, yPred))), 1));
    },
    finish: identity,
  };
}

const precision = ratioTerm((yTrue, yPred) => and(equal(yTrue, 0), equal(yPred, 1)));
const recall = ratioTerm((yTrue, yPred) => and(equal(yTrue, 1), equal(yPred, 0)));

const known = new Map<string, MetricTerm>([
  ...Object.values(metrics).flatMap((spec) =>
    [spec.name, ...spec.aliases].map((name) => [name, termOf(spec)] as const),
  ),
  ['precision', precision],
  ['recall', recall],
]);

/** The metric that tfjs means by this identifier for an output with this loss; undefined where we have none. */
export function metricTerm(
  identifier: ObjectiveIdentifier,
  loss: LossSpec | undefined,
  outputShape: readonly (number | null)[],
): MetricTerm | undefined {
  const name = identify(identifier);
  const shape = outputShape.map((extent) => extent ?? 0);
  if (name === 'accuracy' || name === 'acc') return termOf(accuracyFor(loss?.name, shape));
  if (name === 'crossentropy' || name === 'ce') return termOf(crossentropyFor(loss?.name, shape));
  return name === undefined ? undefined : known.get(name);
}
