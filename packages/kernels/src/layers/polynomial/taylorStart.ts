import { type InitializerConfig, initializers } from '../../initializers/initializer.js';

/**
 * How the coefficients of a Taylor layer begin.
 *
 * 'uniform' on ±1 / (K + 1). 'zerosAboveOne', 'exp' and 'sin': the Taylor polynomial around the center of x, e^x or
 * sin x, the same for every feature. 'randomOverFactorial': normal with deviation g / p!, g such that a standard
 * normal input gives variance 1.
 */
export type TaylorCoefficientInit = 'uniform' | 'zerosAboveOne' | 'exp' | 'sin' | 'randomOverFactorial';

export const taylorCoefficientInits: readonly TaylorCoefficientInit[] = [
  'uniform',
  'zerosAboveOne',
  'exp',
  'sin',
  'randomOverFactorial',
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
  if (start === 'randomOverFactorial') {
    const deviations = factorialDeviations(center, powers);
    return deviations.map((stddev) => ({ kind: 'normal', mean: 0, stddev }));
  }
  return powers.map((p) => ({ kind: 'constant', value: derivatives[start](center, p) / factorial(p) }));
}

/**
 * Deviations g / p! of independent coefficients that give Σ_p c_p (x - a)^p the second moment 1 for standard normal x:
 * g⁻² = Σ_p E[(x - a)^2p] / p!². All powers together have g⁻² = e I₀(1) = 3.44 at a = 0.
 */
export function factorialDeviations(center: number, powers: readonly number[]): number[] {
  const moments = momentsAround(center, 2 * Math.max(0, ...powers));
  const total = powers.reduce((sum, p) => sum + moments[2 * p] / factorial(p) ** 2, 0);
  return powers.map((p) => 1 / (factorial(p) * Math.sqrt(total)));
}

/** Laws of the kernel of (x - a) and of those of its higher powers, for y of unit variance. */
export function mixingLaws(
  start: TaylorCoefficientInit,
  { center, degree, features }: { center: number; degree: number; features: number },
): { readonly linear: InitializerConfig; readonly higher: InitializerConfig } {
  const isLinear = start === 'zerosAboveOne';
  const powers = Array.from({ length: isLinear ? 1 : degree }, (_, at) => at + 1);
  const [linear, ...higher] = factorialDeviations(center, powers).map(
    (deviation): InitializerConfig => ({
      kind: 'normal',
      mean: 0,
      stddev: deviation / Math.sqrt(Math.max(1, features)),
    }),
  );
  return { linear, higher: isLinear ? initializers.zeros : { kind: 'stacked', axis: 0, laws: higher } };
}

/** E[(x - a)^k] for k = 0..highest and standard normal x: m_k = -a m_{k-1} + (k - 1) m_{k-2}. */
function momentsAround(center: number, highest: number): number[] {
  const moments = [1, -center];
  for (let k = 2; k <= highest; k++) moments.push(-center * moments[k - 1] + (k - 1) * moments[k - 2]);
  return moments;
}

function factorial(p: number): number {
  return p < 2 ? 1 : p * factorial(p - 1);
}
