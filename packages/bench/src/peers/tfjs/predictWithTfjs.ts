import { sizeOf } from '@polyneuron/graph';
import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import type { Preparation } from '../../contenders/contender.js';
import { buildNetwork } from '../../models/sequentialModel.js';
import type { OpenedTask } from '../../programs/caseProgram.js';
import { predictionsName, samplesName } from '../../programs/inferenceCaseProgram.js';
import { createStockLayer, whyNotPredicted } from './tfjsLayers.js';

/** `model.predict` of samples in this process's memory, predictions read back: one call, one latency. */
export function predictWithTfjs({ task, program, state, check }: OpenedTask<'inference'>): Preparation {
  const reason = whyNotPredicted(task);
  if (reason) return { unsupported: reason };
  const { shape } = program.inputs[samplesName];
  const model = buildNetwork(task, shape.slice(1), state, createStockLayer);
  const samples = check.inputs[samplesName].subarray(0, sizeOf(shape)) as Float32Array;
  const predict = async () => {
    const predictions = tidy(
      () => model.predict(tensor(samples, [...shape], 'float32'), { batchSize: task.batch }) as Tensor,
    );
    const values = await predictions.data();
    predictions.dispose();
    return values as Float32Array;
  };
  return {
    maximumRuns: 1,
    check: async () => ({ [predictionsName]: await predict() }),
    async run() {
      await predict();
    },
    dispose: () => void model.dispose(),
  };
}
