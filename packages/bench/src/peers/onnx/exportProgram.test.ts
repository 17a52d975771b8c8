import {
  add,
  broadcastTo,
  einsum,
  fold,
  input,
  interpret,
  mul,
  type Node,
  patches,
  programOf,
  reduceMax,
  reshape,
  select,
  sizeOf,
  state,
  sum,
  tanh,
} from '@polyneuron/graph';
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import proto from 'onnx-proto';
import { describe, expect, it } from 'vitest';
import { encodeModel } from './encodeModel.js';
import { exportProgram } from './exportProgram.js';
import { GraphBuilder } from './graphBuilder.js';
import { runExported } from './testing/runExported.js';

const x = input('x', { shape: [4, 3], dtype: 'float32' });
const kernel = state('kernel', { shape: [3, 2], dtype: 'float32' });
const bias = state('bias', { shape: [2], dtype: 'float32' });
const dense = programOf('dense', { y: tanh(add(einsum('bi,io->bo', x, kernel), bias)) });

const image = input('image', { shape: [2, 6, 7, 3], dtype: 'float32' });
const float32 = (name: string, shape: readonly number[]) => input(name, { shape, dtype: 'float32' });
const windows = {
  strides: [2, 1],
  padding: [
    [1, 0],
    [0, 1],
  ],
} as const;

/** Operators of the exported graph in order. */
const operators = (y: Node) => exportProgram(programOf('one', { y })).nodes.map(({ type }) => type);

describe('exportProgram', () => {
  it('hands stretched operands on, and names what goes in and out', () => {
    const { nodes, inputs, outputs } = exportProgram(dense);
    expect(nodes.map(({ type }) => type)).toEqual(['MatMul', 'Reshape', 'Add', 'Tanh', 'Identity']);
    expect(inputs.map(({ name }) => name)).toEqual(['input/x', 'state/kernel', 'state/bias']);
    expect(outputs).toEqual([{ name: 'output/y', type: 'float32', shape: [4, 2] }]);
  });

  it('writes state that is fixed into the file', () => {
    const { inputs, initializers } = exportProgram(dense, { kernel: Float32Array.of(1, 2, 3, 4, 5, 6) });
    expect(inputs.map(({ name }) => name)).toEqual(['input/x', 'state/bias']);
    const { bytes, shape } = initializers.find(({ name }) => name === 'state/kernel') ?? initializers[0];
    expect(shape).toEqual([3, 2]);
    expect([...new Float32Array(bytes.slice().buffer)]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('leaves state that is only written out of what is fed', () => {
    const program = programOf('write', {}, { total: sum(x) });
    const { inputs, outputs } = exportProgram({
      ...program,
      state: { total: { shape: [], dtype: 'float32' } },
    });
    expect(inputs.map(({ name }) => name)).toEqual(['input/x']);
    expect(outputs.map(({ name }) => name)).toEqual(['update/total']);
  });

  it('takes matrices that are stored the other way round by the flags of Gemm', () => {
    expect(operators(einsum('ib,io->bo', float32('a', [3, 4]), kernel))).toEqual(['Gemm', 'Identity']);
    expect(operators(einsum('bi,oi->ob', x, float32('a', [5, 3])))).toEqual(['Gemm', 'Identity']);
  });

  it('takes a product of three windows over an image for Conv, and its adjoint for ConvTranspose', () => {
    const filters = float32('filters', [3, 2, 3, 4]);
    const convolved = einsum('bhwijc,ijcf->bhwf', patches(image, [3, 2], windows), filters);
    expect(operators(convolved)).toEqual(['Transpose', 'Transpose', 'Conv', 'Transpose', 'Identity']);
    const dy = float32('dy', convolved.shape);
    const adjoint = fold(einsum('bhwf,ijcf->bhwijc', dy, filters), [6, 7], [3, 2], windows);
    expect(operators(adjoint)).toContain('ConvTranspose');
    const grouped = einsum('bhwijc,ijc->bhwc', patches(image, [3, 2], windows), float32('g', [3, 2, 3]));
    expect(operators(grouped)).toContain('Conv');
  });

  it('takes a reduction of windows for a pool, but the maximum of padded ones, where the padding counts', () => {
    expect(operators(reduceMax(patches(image, [2, 2]), [3, 4]))).toContain('MaxPool');
    expect(operators(reduceMax(patches(image, [3, 2], windows), [3, 4]))).not.toContain('MaxPool');
    expect(operators(sum(patches(image, [3, 2], windows), [3, 4]))).toContain('AveragePool');
  });

  it('rejects a node whose operands were not emitted', () => {
    expect(() => new GraphBuilder().full(x)).toThrowErrorMatchingInlineSnapshot(
      '[TypeError: internal: input was not emitted before its user]',
    );
  });
});

const filters = float32('filters', [3, 2, 3, 4]);
const ofChannels = float32('ofChannels', [3, 2, 3]);
const severalOfChannels = float32('severalOfChannels', [3, 2, 3, 2]);
const dy = float32('dy', [2, 3, 7, 4]);
const dyOfChannels = float32('dyOfChannels', [2, 3, 7, 3]);
const padded = () => patches(image, [3, 2], windows);

/** What is recognized as one operator, in the forms that differ. */
const recognized: Readonly<Record<string, Node>> = {
  convolution: einsum('bhwijc,ijcf->bhwf', padded(), filters),
  'kernel first, other order of the result': einsum('ijcf,bhwijc->fbhw', filters, padded()),
  'a filter for each channel': einsum('bhwijc,ijc->bhwc', padded(), ofChannels),
  'two filters for each channel': einsum('bhwijc,ijcm->bhwcm', padded(), severalOfChannels),
  'a kernel for each sample': einsum('bhwijc,bijc->bhw', padded(), float32('each', [2, 3, 2, 3])),
  'windows that are added up': einsum('bhwijc,ij->bhwc', padded(), float32('plane', [3, 2])),
  'dilated convolution': einsum('bhwijc,ijcf->bhwf', patches(image, [3, 2], { dilations: [2, 3] }), filters),
  'pixel by pixel': einsum('bhwijc,ijcf->bhwf', patches(image, [1, 1]), float32('pixel', [1, 1, 3, 2])),
  'adjoint convolution': fold(einsum('bhwf,ijcf->bhwijc', dy, filters), [6, 7], [3, 2], windows),
  'adjoint convolution that leaves rows and columns over': fold(
    einsum('bhwf,ijcf->bhwijc', float32('few', [2, 2, 3, 4]), float32('square', [2, 2, 3, 4])),
    [7, 9],
    [2, 2],
    { strides: [3, 3] },
  ),
  'adjoint of a filter for each channel': fold(
    einsum('ijc,bhwc->bhwijc', ofChannels, dyOfChannels),
    [6, 7],
    [3, 2],
    windows,
  ),
  'side by side': fold(float32('tiles', [2, 2, 3, 3, 2, 3]), [7, 6], [3, 2], { strides: [3, 2] }),
  'side by side, padded': fold(float32('tiles', [2, 2, 3, 3, 2, 3]), [5, 4], [3, 2], {
    strides: [3, 2],
    padding: [
      [1, 1],
      [1, 1],
    ],
  }),
  'largest of a window': reduceMax(patches(image, [2, 3], { strides: [2, 2], dilations: [2, 1] }), [3, 4]),
  'largest of a padded window': reduceMax(padded(), [3, 4]),
  'sum of a window': sum(padded(), [3, 4]),
  'sum of a dilated window': sum(patches(image, [2, 3], { dilations: [2, 2] }), [3, 4]),
  'bool selection': select(
    select(broadcastTo(input('c', { shape: [3], dtype: 'bool' }), [2, 3]), lessThanHalf(), lessThanHalf()),
    1,
    0,
  ),
};

function lessThanHalf(): Node {
  return input('flags', { shape: [2, 3], dtype: 'bool' });
}

describe('what is recognized', () => {
  it.each(Object.entries(recognized))('computes as the interpreter does: %s', async (_, y) => {
    // Used twice, so that what was recognized is not all there is
    const program = programOf('one', { y, also: mul(reshape(y, [sizeOf(y.shape)]), 2) });
    const inputs = Object.fromEntries(
      Object.entries(program.inputs).map(([name, { shape, dtype }], at) => {
        const values = testRandom(at + 1).normals(sizeOf(shape));
        return [
          name,
          dtype === 'bool'
            ? Uint8Array.from(values, (value) => (value > 0 ? 1 : 0))
            : Float32Array.from(values),
        ];
      }),
    );
    const { outputs } = interpret(program, { inputs });
    const actual = await runExported(program, inputs);
    for (const [name, values] of Object.entries(outputs))
      expectClose(actual[name], values, tolerances.float32.contraction(18));
  });
});

describe('encodeModel', () => {
  it('writes what the messages of ONNX read', () => {
    const model = proto.onnx.ModelProto.decode(encodeModel(exportProgram(dense), proto.onnx));
    expect(model.opsetImport.map(({ version }) => Number(version))).toEqual([21]);
    expect(model.graph?.node?.map(({ opType }) => opType)).toEqual([
      'MatMul',
      'Reshape',
      'Add',
      'Tanh',
      'Identity',
    ]);
    const [allowzero] = model.graph?.node?.[1].attribute ?? [];
    expect([allowzero.name, allowzero.type, Number(allowzero.i)]).toEqual(['allowzero', 2, 1]);
  });
});
