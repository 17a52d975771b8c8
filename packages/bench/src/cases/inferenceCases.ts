import type { BenchCase } from './benchCase.js';
import { trainingOf } from './stepCases.js';

const models = ['mnist-mlp', 'quad-autoencoder', 'cross', 'taylor-cnn'] as const;
const batches = [1, 32] as const;

/** Samples that the float64 interpreter computes for a call; the call repeats them. */
const distinctSamples = 4;

/** Calls of the networks of the step cases: `predict-mnist-mlp-1` has one sample. */
export const inferenceCases: readonly BenchCase[] = models.flatMap((model) =>
  batches.map((batch): BenchCase => {
    const { layers, data } = trainingOf(model);
    return {
      name: `predict-${model}-${batch}`,
      title: `the network of ${model}: a call with ${batch === 1 ? 'one sample' : `${batch} samples`} from the host's memory, its predictions read back`,
      suite: 'inference',
      unit: 'ms/call',
      task: { kind: 'inference', layers, batch, distinctSamples: Math.min(batch, distinctSamples), data },
    };
  }),
);
