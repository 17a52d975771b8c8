import type { TensorMap } from '@polyneuron/backend';
import { gradient, input, type Node, programOf, type Shape, sizeOf } from '@polyneuron/graph';
import { conv2dSpec, resolveConfig } from '@polyneuron/kernels';
import type { ConvolutionTask } from '../cases/benchCase.js';
import type { CaseProgram } from './caseProgram.js';
import { compulsoryBytes } from './compulsoryBytes.js';
import { type ConvolutionLayout, convolutionGradients, convolve, layoutOf } from './convolve.js';
import { countRuns, flopsOf } from './counter.js';
import { outputStateName, residentProgram } from './residentProgram.js';
import { drawNormals } from './values.js';

/** State entries that a convolution reads; its derivatives do not read y. */
export const convolutionOperands = ['x', 'kernel', 'dy'] as const;
type Operand = (typeof convolutionOperands)[number];

/** State entries that take the results. */
export const convolutionResults = {
  y: outputStateName('y'),
  dx: outputStateName('dx'),
  dkernel: outputStateName('dkernel'),
} as const;

interface DirectionRule {
  results(operands: Readonly<Record<Operand, Node>>, y: Node): Readonly<Record<string, Node>>;
  reference(layout: ConvolutionLayout, values: TensorMap): Readonly<Record<string, Float64Array>>;
  /** Products in the longest sum. */
  depth(layout: ConvolutionLayout): number;
}

const directions: { readonly [D in ConvolutionTask['direction']]: DirectionRule } = {
  forward: {
    results: (_, y) => ({ y }),
    reference: (layout, { x, kernel }) => ({ [convolutionResults.y]: convolve(layout, x, kernel) }),
    depth: ({ kernelSize, channels }) => kernelSize ** 2 * channels,
  },
  gradient: {
    results({ x, kernel, dy }, y) {
      const [dx, dkernel] = gradient(y, [x, kernel], dy);
      return { dx, dkernel };
    },
    reference(layout, { x, kernel, dy }) {
      const slopes = convolutionGradients(layout, x, kernel, dy);
      return { [convolutionResults.dx]: slopes.x, [convolutionResults.dkernel]: slopes.kernel };
    },
    depth: ({ kernelSize, filters, batch, outHeight, outWidth }) =>
      Math.max(kernelSize ** 2 * filters, batch * outHeight * outWidth),
  },
};

export function convolutionShapes(task: ConvolutionTask): Readonly<Record<Operand, Shape>> {
  const { batch, image, filters, kernelSize } = task;
  const { outHeight, outWidth } = layoutOf(task);
  return {
    x: [batch, ...image],
    kernel: [kernelSize, kernelSize, image[2], filters],
    dy: [batch, outHeight, outWidth, filters],
  };
}

/** A convolution, or both its derivatives, everything resident: a run moves nothing between host and device. */
export function convolutionCaseProgram(task: ConvolutionTask): CaseProgram {
  const { results, reference, depth } = directions[task.direction];
  const layout = layoutOf(task);
  const shapes = convolutionShapes(task);
  const operand = (name: Operand) => input(name, { shape: shapes[name], dtype: 'float32' });
  const operands = { x: operand('x'), kernel: operand('kernel'), dy: operand('dy') };
  const { filters, kernelSize, strides, padding } = task;
  const config = resolveConfig(conv2dSpec, { filters, kernelSize, strides, padding, useBias: false });
  const parameters = { kernel: operands.kernel };
  const { output } = conv2dSpec.forward({ config, inputs: [operands.x], parameters, isTraining: true });
  const stateless = programOf(`convolution:${task.direction}`, results(operands, output));
  const program = residentProgram(stateless);
  const values = Object.fromEntries(
    convolutionOperands
      .filter((name) => name in stateless.inputs)
      .map((name, at) => [name, drawNormals(sizeOf(shapes[name]), at + 1)]),
  );
  return {
    program: countRuns(program),
    oneRun: { kind: 'execution' },
    flops: flopsOf(program),
    bytes: compulsoryBytes(program),
    state: values,
    inputs: () => ({}),
    check: {
      runs: 1,
      inputs: {},
      names: Object.keys(program.updates),
      // As for matrix products: 4 u (1 + depth), with u = 2^-24, for terms of random sign.
      tolerance: 4 * 2 ** -24 * (1 + depth(layout)),
      reference: () =>
        Object.fromEntries(
          Object.entries(reference(layout, values)).map(([name, computed]) => [name, { values: computed }]),
        ),
    },
  };
}
