import { gradientProgram, interpret } from '@polyneuron/graph';
import { initialValues, parameterName } from '@polyneuron/kernels';
import { coefficientName } from './coefficientName.js';
import type { LayerUnit } from './layerUnit.js';
import type { GradientReport } from './messages.js';

/** Samples at which derivatives are compared, drawn from the square that is shown. */
const samples = 8;
const step = 2 ** -17;

/**
 * Bound of an exact derivative against a central difference of step 2^-17 in float64: the truncation is
 * h²/6 ≈ 1e-11 times the third derivative, the rounding u/h ≈ 1.5e-11 times the value. The same as
 * `finiteDifferenceTolerance` of @polyneuron/testing, which a test compares.
 */
export const gradientLimit = { rtol: 1e-6, atol: 1e-7 };

/**
 * Every derivative of a unit against finite differences, in float64: of f = Σ w y over eight samples, by each
 * coefficient and each input.
 *
 * Cost     two forward passes of eight samples for every derivative
 */
export function checkUnitGradient(unit: LayerUnit, values: ArrayLike<number>): GradientReport {
  const program = unit.programFor(samples);
  const outputSize = samples * unit.description.outputCount;
  const points = draw('uniform', 2 * samples, 'points');
  const weights = draw('normal', outputSize, 'weights');
  const bound = unit.bind(points, values);
  const forward = (inputs: Record<string, Float64Array>) =>
    interpret(program, { inputs }).outputs.y.reduce((sum, value, at) => sum + weights[at] * value, 0);
  const blocks = unit.description.coefficients.map(({ name }) => parameterName(name));
  const inputNames = Object.keys(bound).filter((name) => !name.startsWith(parameterName('')));
  const wrt = [...blocks, ...inputNames];
  const { outputs } = interpret(gradientProgram(program, wrt), { inputs: { ...bound, 'd:y': weights } });
  const found = wrt.flatMap((name) =>
    Array.from(outputs[`d:${name}`], (derivative, at) => {
      const moved = (by: number) => forward({ ...bound, [name]: bound[name].with(at, bound[name][at] + by) });
      const difference = (moved(step) - moved(-step)) / (2 * step);
      const error = Math.abs(derivative - difference);
      const limit = gradientLimit.atol + gradientLimit.rtol * Math.abs(difference);
      // What is no number passes no limit
      return { name, at, error, limit, isWrong: !(error <= limit) };
    }),
  );
  const wrong = found.filter(({ isWrong }) => isWrong);
  // A failure comes before any larger error that is allowed
  const worst = (wrong.length > 0 ? wrong : found).reduce((most, one) =>
    one.error <= most.error ? most : one,
  );
  return {
    coefficientCount: unit.description.coefficients.reduce((sum, { count }) => sum + count, 0),
    inputCount: 2 * samples,
    largestError: worst.error,
    limit: worst.limit,
    worst: placeName(unit, worst.name, worst.at),
    passes: wrong.length === 0,
  };
}

/** 'kernelS[1, 0]', 'x1 of sample 3'. */
function placeName(unit: LayerUnit, name: string, at: number): string {
  const block = unit.description.coefficients.find((one) => parameterName(one.name) === name);
  if (block) return coefficientName(block.name, block.shape, at);
  const shape = unit.inputShapes[Number(name.slice(1))];
  const width = shape.reduce((size, extent) => size * extent, 1);
  const feature = unit.inputShapes.length > 1 ? Number(name.slice(1)) + 1 : (at % width) + 1;
  return `x${feature} of sample ${Math.floor(at / width) + 1}`;
}

function draw(law: 'uniform' | 'normal', count: number, path: string): Float64Array {
  const initializer =
    law === 'uniform'
      ? ({ kind: 'uniform', min: -1, max: 1 } as const)
      : ({ kind: 'normal', mean: 0, stddev: 1 } as const);
  return Float64Array.from(initialValues({ shape: [count], initializer }, 1, `gradient check/${path}`));
}
