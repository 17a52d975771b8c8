import {
  cast,
  type DType,
  defineProgram,
  einsum,
  mul,
  type Node,
  reshape,
  sum,
  transpose,
} from '@polyneuron/graph';
import { backend_util, Einsum, type EinsumAttrs, type Tensor } from '@tensorflow/tfjs-core';
import type { KernelProgram } from './kernelCall.js';

type Terms = ReturnType<typeof backend_util.decodeEinsumEquation>;

/**
 * Sum of products over the labels that the output lacks, of one or two tensors.
 *
 * Shapes   as the equation says; no label repeats inside one operand
 * Throws   what tfjs throws for equations and shapes that it does not take
 */
export const einsumKernel: KernelProgram<EinsumAttrs> = {
  kernelName: Einsum,
  build: (inputs, { equation }) => {
    const tensors = Object.values(inputs);
    const terms = backend_util.decodeEinsumEquation(equation, tensors.length);
    // Reads shapes only
    backend_util.checkEinsumDimSizes(terms.allDims.length, terms.idDims, tensors as Tensor[]);
    const specs = Object.entries(inputs).map(
      ([name, { shape, dtype }]) => [name, { shape, dtype: dtype as DType }] as const,
    );
    return defineProgram({
      name: Einsum,
      inputs: Object.fromEntries(specs),
      build: (leaves) => ({ outputs: { y: contract(Object.values(leaves.inputs), terms) } }),
    });
  },
};

function contract(operands: readonly Node[], terms: Terms): Node {
  const [left, right] = operands;
  if (right && operands.every(({ dtype }) => dtype === 'float32')) {
    const labels = (axes: readonly number[]) => axes.map(letterOf).join('');
    const output = labels(outputAxes(terms));
    return einsum(`${labels(terms.idDims[0])},${labels(terms.idDims[1])}->${output}`, left, right);
  }
  const dtype = operands.some((operand) => operand.dtype === 'float32') ? 'float32' : 'int32';
  const aligned = operands.map((operand, at) => alignAxes(cast(operand, dtype), terms, at));
  const product = right ? mul(aligned[0], aligned[1]) : aligned[0];
  return terms.summedDims.length > 0 ? sum(product, terms.summedDims) : product;
}

const letterOf = (axis: number) => String.fromCharCode('a'.charCodeAt(0) + axis);

/** The output's labels come first among all labels. */
const outputAxes = ({ allDims, summedDims }: Terms) =>
  allDims.map((_, axis) => axis).filter((axis) => !summedDims.includes(axis));

/** An operand over all labels, of extent 1 along those that it lacks. */
function alignAxes(operand: Node, { allDims, idDims }: Terms, at: number): Node {
  const own = idDims[at];
  const order = own.map((_, axis) => axis).sort((p, q) => own[p] - own[q]);
  const ordered = transpose(operand, order);
  return reshape(
    ordered,
    allDims.map((_, axis) => (own.includes(axis) ? operand.shape[own.indexOf(axis)] : 1)),
  );
}
