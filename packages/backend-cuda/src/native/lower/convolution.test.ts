import {
  defineProgram,
  einsum,
  fold,
  gradientProgram,
  interpret,
  type Program,
  patches,
  sizeOf,
  transpose,
} from '@polyneuron/graph';
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { programGraph } from '../graph/programGraph.js';
import { loadTensorflow } from '../load/loadTensorflow.js';
import { createTensorflowBackend } from '../tensorflowBackend.js';
import { hasBinding, warnWithoutBinding } from '../testing/foundBinding.js';

const even = {
  strides: [2, 1],
  padding: [
    [1, 0],
    [0, 2],
  ],
} as const;

/** A convolution with 5 filters of 3 x 2, written as `spec` says. */
function convolution(
  spec: string,
  filter: readonly number[],
  options: Parameters<typeof patches>[2] = even,
): Program {
  return defineProgram({
    name: `convolution ${spec}`,
    inputs: { x: { shape: [2, 6, 5, 3], dtype: 'float32' }, w: { shape: filter, dtype: 'float32' } },
    build: ({ inputs: { x, w } }) => {
      const windows = patches(x, [3, 2], options);
      return {
        outputs: { y: spec.startsWith('bhwijc') ? einsum(spec, windows, w) : einsum(spec, w, windows) },
      };
    },
  });
}

const forms: readonly (readonly [string, readonly number[]])[] = [
  ['bhwijc,ijco->bhwo', [3, 2, 3, 5]],
  ['bhwijc,oijc->bohw', [5, 3, 2, 3]],
  ['ijco,bhwijc->bhwo', [3, 2, 3, 5]],
  ['bhwijc,ijcop->bohwp', [3, 2, 3, 5, 2]],
  ['bhwijc,ijc->bhw', [3, 2, 3]],
];

/** A value sums 3 x 2 x 3 products. */
const { contraction, gradient: first, secondDerivative } = tolerances.float32;
const bounds = [contraction(18), first, secondDerivative];

/** Ops of TensorFlow in a graph; those without a reader are there too. */
const uses = (program: Program, op: string) => Buffer.from(programGraph(program).savedModel).includes(op);

warnWithoutBinding('convolutions on TensorFlow');

describe.each(forms)('convolution %s', (spec, filter) => {
  const program = convolution(spec, filter);
  const gradient = gradientProgram(program);

  it('is one of TensorFlow, and so are its derivatives', () => {
    expect(uses(program, 'Conv2D')).toBe(true);
    for (const op of ['Conv2DBackpropFilter', 'Conv2DBackpropInput'])
      expect(uses(gradient, op), op).toBe(true);
  });

  it.skipIf(!hasBinding)('has the values of the interpreter', async () => {
    const backend = createTensorflowBackend(loadTensorflow({ device: 'cpu' }));
    for (const [order, each] of [program, gradient, gradientProgram(gradient)].entries()) {
      const random = testRandom(2);
      const inputs = Object.fromEntries(
        Object.entries(each.inputs).map(([name, { shape }]) => [
          name,
          Float32Array.from(random.normals(sizeOf(shape))),
        ]),
      );
      const executable = await backend.compile(each);
      const outputs = await executable.run(inputs);
      const expected = interpret(each, { inputs });
      for (const name in each.outputs) expectClose(outputs[name], expected.outputs[name], bounds[order]);
    }
    backend.dispose();
  });
});

describe('what is no convolution of TensorFlow', () => {
  it('has windows: dilated ones, and those that share their batch axis', () => {
    const dilated = convolution('bhwijc,ijco->bhwo', [3, 2, 3, 5], { dilations: [2, 1] });
    const perImage = convolution('bhwijc,bijco->bhwo', [2, 3, 2, 3, 5]);
    for (const program of [dilated, perImage]) {
      expect(uses(program, 'Conv2D')).toBe(false);
      expect(uses(program, 'ExtractImagePatches')).toBe(true);
    }
  });

  it('has a fold of windows that no product made', () => {
    const program = defineProgram({
      name: 'fold',
      inputs: { x: { shape: [2, 4, 4, 3, 2, 3], dtype: 'float32' } },
      build: ({ inputs: { x } }) => ({
        outputs: { y: fold(transpose(x, [0, 2, 1, 3, 4, 5]), [6, 5], [3, 2]) },
      }),
    });
    expect(uses(program, 'Conv2DBackpropInput')).toBe(false);
    expect(uses(program, 'UnsortedSegmentSum')).toBe(true);
  });
});
