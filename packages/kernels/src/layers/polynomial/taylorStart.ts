import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import { productShare } from './productShare.js';

/**
 * How the coefficients of a Taylor layer begin.
 *
 * 'uniform' on ±1 / (K + 1). 'zerosAboveOne', 'exp' and 'sin': the Taylor polynomial around the center of x, e^x or
 * sin x, the same for every feature. 'randomOverFactorial': normal with deviation g / p!, g such that a standard
 * normal input gives E[y²] = 1. 'calibrated': the first power carries 19/20 of E[y²] = 1 (`productShare`), the others
 * the rest, normal over p!.
 */
export type TaylorCoefficientInit =
  | 'uniform'
  | 'zerosAboveOne'
  | 'exp'
  | 'sin'
  | 'randomOverFactorial'
  | 'calibrated';

export const taylorCoefficientInits: readonly TaylorCoefficientInit[] = [
  'uniform',
  'zerosAboveOne',
  'exp',
  'sin',
  'randomOverFactorial',
  'calibrated',
];

/** Value of the derivative of order p of a function at a. */
type Derivative = (a: number, p: number) => number;

const derivatives: { readonly [K in 'zerosAboveOne' | 'exp' | 'sin']: Derivative } = {
  zerosAboveOne: (a, p) => (p === 0 ? a : p === 1 ? 1 : 0),
  exp: (a) => Math.exp(a),
  // sin^(p)(a) = sin(a + p π/2), by cases so that sin^(p)(0) is exactly 0, 1, 0, -1
  sin: (a, p) => [Math.sin(a), Math.cos(a), -Math.sin(a), -Math.cos(a)][p % 4],
};

/**
 * Law of each coefficient c_0 .. c_K of the collapsed series.
 *
 * @example
 * taylorSeriesLaws('exp', 0, 2) // constants 1, 1, 1/2
 */
export function taylorSeriesLaws(
  start: TaylorCoefficientInit,
  center: number,
  degree: number,
): InitializerConfig[] {
  const powers = Array.from({ length: degree + 1 }, (_, p) => p);
  const bound = 1 / (degree + 1);
  if (start === 'uniform') return powers.map(() => ({ kind: 'uniform', min: -bound, max: bound }));
  if (start === 'randomOverFactorial') return factorialDeviations(center, powers, 1).map(normal);
  if (start === 'calibrated') {
    const share = degree === 0 ? 1 : productShare;
    const [constant, ...higher] = factorialDeviations(
      center,
      powers.filter((p) => p !== 1),
      share,
    ).map(normal);
    const first = Math.sqrt((1 - share) / (1 + center ** 2));
    return degree === 0 ? [constant] : [constant, { kind: 'constant', value: first }, ...higher];
  }
  return powers.map((p) => ({ kind: 'constant', value: derivatives[start](center, p) / factorial(p) }));
}

/**
 * Deviations g / p! of independent coefficients that give Σ_p c_p (x - a)^p the second moment `total` for standard
 * normal x: total / g² = Σ_p E[(x - a)^2p] / p!². Over all powers that sum is e I₀(1) = 3.44 at a = 0.
 */
export function factorialDeviations(center: number, powers: readonly number[], total: number): number[] {
  const moments = momentsAround(center, 2 * Math.max(0, ...powers));
  const sum = powers.reduce((part, p) => part + moments[2 * p] / factorial(p) ** 2, 0);
  return powers.map((p) => Math.sqrt(total / sum) / factorial(p));
}

/** Laws of the kernel of (x - a) and of those of its higher powers, for E[y²] = 1. */
export function mixingLaws(
  start: TaylorCoefficientInit,
  { center, degree, features }: { center: number; degree: number; features: number },
): { readonly linear: InitializerConfig; readonly higher: InitializerConfig } {
  const spread = (powers: readonly number[], total: number) =>
    factorialDeviations(center, powers, total / Math.max(1, features)).map(normal);
  const all = Array.from({ length: degree }, (_, at) => at + 1);
  if (start === 'zerosAboveOne') return { linear: spread([1], 1)[0], higher: initializers.zeros };
  const share = degree === 1 ? 0 : productShare;
  const [linear, ...higher] =
    start === 'calibrated' ? [...spread([1], 1 - share), ...spread(all.slice(1), share)] : spread(all, 1);
  return { linear, higher: { kind: 'stacked', axis: 0, laws: higher } };
}

const normal = (stddev: number): InitializerConfig => ({ kind: 'normal', mean: 0, stddev });

/** E[(x - a)^k] for k = 0..highest and standard normal x: m_k = -a m_{k-1} + (k - 1) m_{k-2}. */
function momentsAround(center: number, highest: number): number[] {
  const moments = [1, -center];
  for (let k = 2; k <= highest; k++) moments.push(-center * moments[k - 1] + (k - 1) * moments[k - 2]);
  return moments;
}

function factorial(p: number): number {
  return p < 2 ? 1 : p * factorial(p - 1);
}
