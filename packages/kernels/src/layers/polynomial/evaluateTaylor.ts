import { add, concat, constant, cumsum, mul, type Node, reshape, sliceAxis, sum } from '@polyneuron/graph';
import { mixFunctions } from './mixFunctions.js';

/** 'cumulative' is the form of seed 003; 'collapsed' the same function with half the parameters; 'mixing' is dense. */
export type TaylorMode = 'cumulative' | 'collapsed' | 'mixing';

type Parameters = Readonly<Record<string, Node>>;

/** The series of each mode in t = x - center. */
export const evaluateTaylor: {
  readonly [K in TaylorMode]: (t: Node, degree: number, parameters: Parameters) => Node;
} = {
  cumulative: (t, degree, { coefficient, weight }) => {
    const column = [...t.shape, 1];
    const powers = [constant(1, column), ...powersOf(reshape(t, column), degree)];
    const terms = mul(concat(powers, -1), coefficient);
    return sum(mul(cumsum(terms, -1), weight), -1);
  },
  collapsed: (t, degree, { coefficient }) => {
    const column = (power: number) => reshape(sliceAxis(coefficient, 1, power, 1), [coefficient.shape[0]]);
    // Zeros of the shape of t keep the batch axes at degree 0.
    let y = add(column(degree), constant(0, t.shape));
    for (let power = degree - 1; power >= 0; power--) y = add(mul(y, t), column(power));
    return y;
  },
  mixing: (t, degree, { kernel, kernelHigher, bias }) =>
    mixFunctions(powersOf(t, degree), { kernel, kernelHigher, bias }),
};

/** t, t², ..., t^K by repeated products. */
function powersOf(t: Node, degree: number): Node[] {
  const powers: Node[] = [];
  for (let power = 1; power <= degree; power++) powers.push(power === 1 ? t : mul(powers[power - 2], t));
  return powers;
}
