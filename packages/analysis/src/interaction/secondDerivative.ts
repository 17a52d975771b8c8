import {
  add,
  gradient,
  input,
  mul,
  type Node,
  type Program,
  programOf,
  simplify,
  sum,
} from '@polyneuron/graph';
import type { TracedModel } from '@polyneuron/trainer';

/** Names of program inputs and outputs of the i-th input, or output, of the model. */
export const cotangentName = (at: number): string => `dy${at}`;
export const directionName = (at: number): string => `direction${at}`;
export const productName = (at: number): string => `product${at}`;

export interface SecondDerivative {
  readonly program: Program;
  /** Whether the products change with the inputs of the model: not for polynomials of degree 2. */
  readonly dependsOnInputs: boolean;
}

/**
 * The program of Hessian-vector products: h_i = Σ_j ∂²(Σ_k dy_k y_k) / ∂x_i ∂x_j · v_j, sample by sample.
 *
 * It is the derivative of the derivative of the model's graph, so what degree 2 makes constant is constant in it.
 */
export function secondDerivative({
  inputs,
  outputs,
}: Pick<TracedModel, 'inputs' | 'outputs'>): SecondDerivative {
  const dot = (nodes: readonly Node[], name: (at: number) => string): Node =>
    nodes
      .map((node, at) => sum(mul(node, input(name(at), { shape: node.shape, dtype: 'float32' }))))
      .reduce((total, part) => add(total, part));
  const slopes = gradient(dot(outputs, cotangentName), inputs);
  const products = gradient(dot(slopes, directionName), inputs);
  const named = Object.fromEntries(products.map((node, at) => [productName(at), node]));
  // Simplified first: a leaf that is multiplied away is no leaf.
  const { outputs: simple } = simplify(programOf('secondDerivative', named));
  const program = programOf('secondDerivative', simple);
  const own = new Set(inputs.flatMap((node) => (node.op === 'input' ? [node.attributes.name] : [])));
  return { program, dependsOnInputs: Object.keys(program.inputs).some((name) => own.has(name)) };
}
