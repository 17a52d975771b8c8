/** @file Activations made of straight pieces. The derivative at a kink is the one tfjs takes. */
import { add, less, max, min, mul, type Node, select, square } from '@polyneuron/graph';
import { clip } from '../clip.js';

/** max(0, x). The constant stands first: a tie gives it the derivative, so relu'(0) = 0. NaN passes. */
export function relu(x: Node): Node {
  return max(0, x);
}

/** min(6, max(0, x)), derivative 0 at 0 and at 6. */
export function relu6(x: Node): Node {
  return min(6, relu(x));
}

/** x where x > 0, 0.2 x elsewhere; derivative 0.2 at 0. */
export function leakyRelu(x: Node): Node {
  return select(less(0, x), x, mul(x, 0.2));
}

/** max(0, x)² */
export function squaredRelu(x: Node): Node {
  return square(relu(x));
}

/** clip(0.2 x + 0.5, 0, 1); at both corners the derivative is that of the slope. */
export function hardSigmoid(x: Node): Node {
  return clip(add(mul(x, 0.2), 0.5), 0, 1);
}

/** x relu6(x + 3) / 6, derivative 0 at -3 and 1 at 3. */
export function hardSwish(x: Node): Node {
  return mul(x, mul(relu6(add(x, 3)), 1 / 6));
}
