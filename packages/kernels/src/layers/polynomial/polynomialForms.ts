import { add, matMul, mul, type Node, reshape, sliceAxis } from '@polyneuron/graph';

/** The recursions of Π-nets; see `polynomialNetworkSpec`. */
export type PolynomialForm = 'ccp' | 'ncp' | 'ncpSkip';

/** What step k = 2..K of a recursion has at hand. */
interface Step {
  /** x_{k-1} */
  readonly x: Node;
  /** z A_k (z U_k in form 'ccp') */
  readonly projected: Node;
  /** x_{k-1} S_k, and 0 without mixing */
  mixed(): Node;
  offset(): Node;
  skipped(): Node;
  /** Times the gate of the step, when there is one. */
  gated(higher: Node): Node;
}

const steps: { readonly [K in PolynomialForm]: (step: Step) => Node } = {
  ccp: ({ x, projected, gated }) => add(x, gated(mul(projected, x))),
  ncp: ({ projected, mixed, offset, gated }) => mul(projected, add(gated(mixed()), offset())),
  ncpSkip: ({ projected, mixed, offset, skipped, gated }) =>
    add(skipped(), gated(mul(projected, add(mixed(), offset())))),
};

export const polynomialForms = Object.keys(steps) as PolynomialForm[];

/** x_K of the recursion, before the last kernel. */
export function polynomialState(
  form: PolynomialForm,
  z: Node,
  parameters: Readonly<Record<string, Node>>,
  degree: number,
): Node {
  const { kernel, kernelHigher, mixing, offset, skip, gate } = parameters;
  const first = matMul(z, kernel);
  let x = form === 'ccp' ? first : mul(first, part(offset, 0));
  for (let k = 1; k < degree; k++) {
    const before = x;
    x = steps[form]({
      x: before,
      projected: matMul(z, part(kernelHigher, k - 1)),
      mixed: () => matMul(before, part(mixing, k - 1)),
      offset: () => part(offset, k),
      skipped: () => matMul(before, part(skip, k - 1)),
      gated: (higher) => (gate ? mul(higher, part(gate, k - 1)) : higher),
    });
  }
  return x;
}

/** Index `at` of the first axis, without that axis. */
function part(parameter: Node, at: number): Node {
  return reshape(sliceAxis(parameter, 0, at, 1), parameter.shape.slice(1));
}
