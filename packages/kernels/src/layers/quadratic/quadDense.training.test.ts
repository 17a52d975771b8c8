import {
  constant,
  gradient,
  interpret,
  mean,
  type Program,
  programOf,
  sizeOf,
  square,
  state,
  sub,
} from '@polyneuron/graph';
import { describe, expect, it } from 'vitest';
import { adam } from '../../optimizers/adam.js';
import { clipByGlobalNorm } from '../../optimizers/clipGradients.js';
import { optimizerStepName, stepOptimizer } from '../../optimizers/stepOptimizer.js';
import { resolveConfig } from '../../resolveConfig.js';
import { createParameters, parameterSpecs } from '../parameters.js';
import { type QuadDenseConfig, quadDenseSpec } from './quadDense.js';
import type { QuadDenseVariant } from './quadVariants.js';

type Values = Record<string, ArrayLike<number>>;

interface Problem {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Columns of x. */
  readonly features: number;
}

const xor: Problem = { x: [0, 0, 0, 1, 1, 0, 1, 1], y: [0, 1, 1, 0], features: 2 };

/** A full-batch training step on the mean squared error, and the state it starts from. */
function trainingStep(config: QuadDenseConfig, { x, y, features }: Problem, seed: number) {
  const specs = parameterSpecs(quadDenseSpec, config, [[features]]);
  const parameters = Object.fromEntries(
    specs.map(({ name, shape }) => [name, state(name, { shape, dtype: 'float32' })]),
  );
  const inputs = [constant(x, [y.length, features])];
  const { output } = quadDenseSpec.forward({ config, inputs, parameters, isTraining: true });
  const loss = mean(square(sub(output, constant(y, [y.length, 1]))));
  const slopes = gradient(loss, Object.values(parameters));
  const gradients = Object.fromEntries(specs.map(({ name }, at) => [name, slopes[at]]));
  const clip = clipByGlobalNorm(10);
  const step = stepOptimizer({ spec: adam, config: { learningRate: 0.03 }, parameters, gradients, clip });
  const slots = Object.entries(step.state).map(([name, { spec, initialValue }]) => [
    name,
    new Array<number>(sizeOf(spec.shape)).fill(initialValue),
  ]);
  const start: Values = {
    ...createParameters(quadDenseSpec, config, [[features]], seed),
    ...Object.fromEntries(slots),
  };
  const program = programOf('step', { loss }, { ...step.parameters, ...step.updates });
  return { program, start };
}

function train(program: Program, start: Values, steps: number): { loss: number; kept: Values } {
  let kept = start;
  let loss = Number.NaN;
  for (let step = 0; step < steps; step++) {
    const { outputs, state: next } = interpret(program, { state: kept });
    [loss] = outputs.loss;
    kept = next;
  }
  return { loss, kept };
}

const variants: readonly QuadDenseVariant[] = ['fan', 'product', 'quadralib', 'lowRank', 'symmetric'];

describe('training quadDense', () => {
  it.each(
    variants.flatMap((variant) =>
      (['relinear', 'calibrated'] as const).map((start) => [variant, start] as const),
    ),
  )('one unit of %s learns XOR from the start %s', (variant, start) => {
    const config = resolveConfig(quadDenseSpec, { units: 1, variant, start });
    const { program, start: first } = trainingStep(config, xor, 3);
    expect(train(program, first, 800).loss).toBeLessThan(1e-6);
  });

  it('one unit of symmetric learns the six coefficients of x² + 2yz', () => {
    const side = [-1, 0, 1];
    const points = side.flatMap((a) => side.flatMap((b) => side.map((c) => [a, b, c])));
    const problem = { x: points.flat(), y: points.map(([a, b, c]) => a * a + 2 * b * c), features: 3 };
    const config = resolveConfig(quadDenseSpec, { units: 1, variant: 'symmetric' });
    const { program, start } = trainingStep(config, problem, 1);
    const { loss, kept } = train(program, start, 3000);
    expect(loss).toBeLessThan(1e-10);
    // In the order (0,0), (0,1), (0,2), (1,1), (1,2), (2,2)
    const expected = [1, 0, 0, 0, 2, 0];
    Array.from(kept.kernelS).forEach((value, at) => {
      expect(Math.abs(value - expected[at])).toBeLessThan(1e-4);
    });
  });

  // synthetic_experiment/main.py makes Adam and its schedule anew for every batch and clips before the backward pass.
  it('defect: quadratic_efficiency Adam forgets its moments at every batch', () => {
    const config = resolveConfig(quadDenseSpec, {
      units: 1,
      start: 'random',
    } satisfies Partial<QuadDenseConfig>);
    const { program, start } = trainingStep(config, xor, 2);
    const { kept } = train(program, start, 7);
    expect(Array.from(kept[optimizerStepName])).toEqual([7]);
    const forgetful = train(
      program,
      { ...start, ...pickParameters(train(program, start, 6).kept, start) },
      1,
    );
    expect(kept.kernelR).not.toEqual(forgetful.kept.kernelR);
  });

  it('defect: quadratic_efficiency clips the gradient of the batch before', () => {
    const config = resolveConfig(quadDenseSpec, {
      units: 1,
      start: 'random',
    } satisfies Partial<QuadDenseConfig>);
    const huge = { ...xor, y: xor.y.map((value) => 1e6 * value) };
    const [moments, plain] = [huge, xor].map((problem) => {
      const { program, start } = trainingStep(config, problem, 2);
      const { kept } = train(program, start, 1);
      const first = Object.entries(kept).filter(([name]) => name.startsWith('optimizer/m/'));
      return Math.hypot(...first.flatMap(([, values]) => Array.from(values)));
    });
    // The first moment after one step is (1 - β₁) g, and g has at most the norm 10.
    expect(moments).toBeCloseTo(1, 6);
    expect(plain).toBeLessThan(1);
  });
});

function pickParameters(kept: Values, start: Values): Values {
  return Object.fromEntries(
    Object.keys(start)
      .filter((name) => !name.startsWith('optimizer/'))
      .map((name) => [name, kept[name]]),
  );
}
