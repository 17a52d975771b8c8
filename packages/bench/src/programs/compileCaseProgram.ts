import { sizeOf } from '@polyneuron/graph';
import type { CompileTask, TrainingData } from '../cases/benchCase.js';
import type { CaseProgram } from './caseProgram.js';
import { buildStep, trainingCaseProgram } from './trainingCaseProgram.js';

/**
 * From the records of a network to the loss of its first step: nodes and derivatives are built, compiled, first weights and
 * one batch of data loaded, a step taken, its loss read, everything let go.
 */
export function compileCaseProgram({ training }: CompileTask): CaseProgram {
  const data = firstBatch(training.data(), training.batch);
  const opened = trainingCaseProgram({ ...training, data: () => data });
  const { xShape, yShape } = data;
  return {
    ...opened,
    oneRun: { kind: 'fresh', build: () => buildStep(training, { xShape, yShape }, training.batch).program },
    flops: 0,
  };
}

/** More would be a measure of copying data. */
function firstBatch({ x, xShape, y, yShape }: TrainingData, batch: number): TrainingData {
  const [ofX, ofY] = [
    [batch, ...xShape.slice(1)],
    [batch, ...yShape.slice(1)],
  ];
  return {
    samples: batch,
    x: x.subarray(0, sizeOf(ofX)),
    xShape: ofX,
    y: y.subarray(0, sizeOf(ofY)),
    yShape: ofY,
  };
}
