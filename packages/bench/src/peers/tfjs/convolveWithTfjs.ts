import {
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  conv2d,
  engine,
  type NamedAttrMap,
  type NamedTensorMap,
  slice,
  type Tensor,
  type Tensor4D,
  tensor4d,
  tidy,
} from '@tensorflow/tfjs-core';
import type { ConvolutionTask } from '../../cases/benchCase.js';
import type { Preparation } from '../../contenders/contender.js';
import type { OpenedTask } from '../../programs/caseProgram.js';
import { convolutionResults, convolutionShapes } from '../../programs/convolutionCaseProgram.js';
import { whyWithoutKernels } from './tfjsLayers.js';

type Operands = Readonly<Record<string, Tensor4D>>;

interface StockDirection {
  /** Kernels that not every tfjs backend has. */
  readonly kernels: readonly string[];
  /** Results by the names of the case. */
  compute(task: ConvolutionTask, operands: Operands): Readonly<Record<string, Tensor>>;
}

const directions: { readonly [D in ConvolutionTask['direction']]: StockDirection } = {
  forward: {
    kernels: [],
    compute: ({ strides, padding }, { x, kernel }) => ({
      [convolutionResults.y]: conv2d(x, kernel, strides, padding),
    }),
  },
  // The kernels that the derivative of tf.conv2d runs: through `tf.grads`, y would be computed before.
  gradient: {
    kernels: [Conv2DBackpropInput, Conv2DBackpropFilter],
    compute: ({ strides, padding }, { x, kernel, dy }) => ({
      [convolutionResults.dx]: derive(Conv2DBackpropInput, { dy, filter: kernel }, strides, padding, {
        inputShape: x.shape,
      }),
      [convolutionResults.dkernel]: derive(Conv2DBackpropFilter, { x, dy }, strides, padding, {
        filterShape: kernel.shape,
      }),
    }),
  },
};

function derive(
  kernel: string,
  operands: NamedTensorMap,
  strides: number,
  pad: string,
  shape: NamedAttrMap,
): Tensor {
  return engine().runKernel(kernel, operands, { strides, pad, dataFormat: 'NHWC', ...shape }) as Tensor;
}

/** Convolution, or both its derivatives, of resident tensors. */
export function convolveWithTfjs(opened: OpenedTask<'convolution'>, backend: string): Preparation {
  const { task, state } = opened;
  const { kernels, compute } = directions[task.direction];
  const reason = whyWithoutKernels(kernels, backend);
  if (reason) return { unsupported: reason };
  const shapes = Object.entries(convolutionShapes(task)).filter(([name]) => name in state);
  const operands = Object.fromEntries(
    shapes.map(([name, shape]) => [
      name,
      tensor4d(state[name] as Float32Array, [...shape] as [number, number, number, number], 'float32'),
    ]),
  );
  return {
    async check() {
      const results = tidy(() => ({ ...compute(task, operands) }));
      const values: Record<string, ArrayLike<number>> = {};
      for (const [name, result] of Object.entries(results)) {
        values[name] = (await result.data()) as Float32Array;
        result.dispose();
      }
      return values;
    },
    async run(runs) {
      for (let run = 1; run < runs; run++) tidy(() => void compute(task, operands));
      const corners = tidy(() =>
        Object.values(compute(task, operands)).map((result) => slice(result, [0, 0, 0, 0], [1, 1, 1, 1])),
      );
      for (const corner of corners) {
        await corner.data();
        corner.dispose();
      }
    },
    dispose() {
      for (const operand of Object.values(operands)) operand.dispose();
    },
  };
}
