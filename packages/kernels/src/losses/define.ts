import type { Node } from '@polyneuron/graph';
import type { LossSpec } from './lossSpec.js';
import { perSample } from './perSample.js';
import { oneHotTargets, type Pair, pairOf } from './targets.js';

/** A loss record with its formula on aligned targets: [B, ...] with any axes left, whose mean is the sample's value. */
type Definition = Omit<LossSpec, 'perSample' | 'targets'> & { readonly of: (pair: Pair) => Node };

/** A loss whose targets have the shape of the predictions. */
export function lossOfValues({ of, ...record }: Definition): LossSpec {
  return {
    ...record,
    targets: 'values',
    perSample: (yTrue, yPred) => perSample(of(pairOf(record.name, yTrue, yPred))),
  };
}

/** A loss whose targets are class indices; `of` sees them one-hot. */
export function lossOfClasses({ of, ...record }: Definition): LossSpec {
  return {
    ...record,
    targets: 'classIndices',
    perSample: (yTrue, yPred) => perSample(of(oneHotTargets(record.name, yTrue, yPred))),
  };
}
