import type { Backend, TensorMap } from '@polyneuron/backend';
import { sizeOf } from '@polyneuron/graph';
import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { DataSource, HostTensor } from './data/hostTensor.js';
import { standardizeData } from './data/standardize.js';
import { collectUnsupported } from './model/collectUnsupported.js';
import { internalsOf, type TfjsModel } from './model/modelInternals.js';
import { modelInputName, requireSupported } from './model/traceModel.js';
import { defaultBatchSize, positiveInteger } from './options.js';
import { predictionName, predictionProgram } from './programs/evaluationProgram.js';
import { inputPorts } from './training/residentData.js';
import { readState, WeightMirror } from './training/weightMirror.js';
import { withBackend } from './withBackend.js';

export interface PredictArgs {
  /** Samples per run. default 32 */
  readonly batchSize?: number;
  /** default: tfjs, op by op, on its active backend */
  readonly backend?: Backend;
}

/**
 * `model.predict` on a compiled forward pass: a tensor, or one per output of a model with several. The caller disposes
 * of them.
 *
 * Throws   UnsupportedModelError that lists every layer without a compiled form; ShapeError and ValueError on data
 *          that does not fit the model
 *
 * @example
 * const y = await predict(model, x);
 */
export async function predict(
  model: TfjsModel,
  x: DataSource,
  args: PredictArgs = {},
): Promise<Tensor | Tensor[]> {
  const internals = internalsOf('predict', model);
  requireSupported('predict', collectUnsupported(internals));
  const batchSize = positiveInteger('predict', 'batchSize', args.batchSize, defaultBatchSize);
  const inputs = await standardizeData('predict', 'x', x, inputPorts(internals));
  const samples = inputs[0].shape[0];
  const batch = Math.min(batchSize, samples);
  const steps = Math.ceil(samples / batch);
  const { program, traced } = predictionProgram(
    internals,
    batch,
    inputs.map(({ shape }) => [batch, ...shape.slice(1)]),
  );
  return withBackend('predict', args.backend, async (backend) => {
    const executable = await backend.compile(program);
    try {
      const mirror = new WeightMirror(traced);
      await mirror.upload(executable);
      const fed = inputs.map(
        (data, at) => [modelInputName(at), padRows(data, steps * batch, internals.inputs[at].dtype)] as const,
      );
      const stacked = await executable.scan(
        steps,
        Object.fromEntries(fed.filter(([name]) => name in program.inputs)),
      );
      mirror.assign(await readState(executable, Object.keys(traced.updates)));
      const outputs = traced.outputs.map((node, at) =>
        toTensor(stacked, at, [samples, ...node.shape.slice(1)]),
      );
      return outputs.length === 1 ? outputs[0] : outputs;
    } finally {
      executable.dispose();
    }
  });
}

/** The same rows and then the last one again, up to `rows`. */
function padRows({ data, shape }: HostTensor, rows: number, dtype: string): Float32Array | Int32Array {
  const size = sizeOf(shape);
  const rowSize = sizeOf(shape.slice(1));
  const padded = dtype === 'int32' ? new Int32Array(rows * rowSize) : new Float32Array(rows * rowSize);
  padded.set(data);
  for (let row = shape[0]; row < rows; row++) padded.copyWithin(row * rowSize, size - rowSize, size);
  return padded;
}

function toTensor(stacked: TensorMap, at: number, shape: readonly number[]): Tensor {
  return tensor(Float32Array.from(stacked[predictionName(at)].subarray(0, sizeOf(shape))), [...shape]);
}
