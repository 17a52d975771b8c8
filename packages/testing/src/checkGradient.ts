import { expectClose } from './expectClose.js';
import { testRandom } from './testRandom.js';
import { finiteDifferenceTolerance, type Tolerance } from './tolerances.js';

export interface GradientCheck {
  readonly f: (x: Float64Array) => number;
  /** ∇f(x), as long as x. */
  readonly gradient: (x: Float64Array) => ArrayLike<number>;
  /** ∇²f(x) v; the second order is checked when it is given. */
  readonly hessianProduct?: (x: Float64Array, v: Float64Array) => ArrayLike<number>;
  /** Where to check. f must be smooth within `step` of it. */
  readonly x: ArrayLike<number>;
  /** Of the direction; default 1 */
  readonly seed?: number;
  /** default 2^-17 */
  readonly step?: number;
  /** default `finiteDifferenceTolerance` */
  readonly tolerance?: Tolerance;
}

/**
 * Checks derivatives against central differences along one random direction v, the idea of JAX's `check_grads`: the
 * cost does not grow with the size of x, and a wrong component shows with probability 1.
 *
 * order 1   ∇f(x)·v  =  (f(x + hv) - f(x - hv)) / 2h  + O(h²)
 * order 2   ∇²f(x) v =  (∇f(x + hv) - ∇f(x - hv)) / 2h + O(h²), in every component
 *
 * Throws   Error naming the order and the seed, with the report of `expectClose`
 */
export function checkGradient(check: GradientCheck): void {
  const {
    f,
    gradient,
    hessianProduct,
    seed = 1,
    step = 2 ** -17,
    tolerance = finiteDifferenceTolerance,
  } = check;
  const x = Float64Array.from(check.x);
  const v = testRandom(seed).normals(x.length);
  const ahead = x.map((value, at) => value + step * v[at]);
  const behind = x.map((value, at) => value - step * v[at]);
  named(`order 1, seed ${seed}`, () => {
    const slope = lengthened(gradient(x), x.length).reduce((sum, value, at) => sum + value * v[at], 0);
    expectClose(slope, (f(ahead) - f(behind)) / (2 * step), tolerance);
  });
  if (!hessianProduct) return;
  named(`order 2, seed ${seed}`, () => {
    const [up, down] = [gradient(ahead), gradient(behind)];
    const expected = Float64Array.from({ length: x.length }, (_, at) => (up[at] - down[at]) / (2 * step));
    expectClose(Float64Array.from(hessianProduct(x, v)), expected, tolerance);
  });
}

function lengthened(values: ArrayLike<number>, length: number): Float64Array {
  if (values.length !== length)
    throw new Error(`the gradient has ${values.length} elements, x has ${length}`);
  return Float64Array.from(values);
}

function named(what: string, body: () => void): void {
  try {
    body();
  } catch (error) {
    throw new Error(`checkGradient, ${what}: ${(error as Error).message}`, { cause: error });
  }
}
