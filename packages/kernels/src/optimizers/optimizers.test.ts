import { constant, interpret, type Node, programOf, state } from '@polyneuron/graph';
import { expectClose, tolerances, vectors } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { clipByValue } from './clipGradients.js';
import { optimizerConfig } from './optimizerConfig.js';
import type { OptimizerConfig, OptimizerSpec } from './optimizerSpec.js';
import { optimizer, optimizers } from './optimizers.js';
import { optimizerStepName, type ParameterRule, stepOptimizer } from './stepOptimizer.js';

type Values = Readonly<Record<string, readonly number[]>>;

interface Golden {
  readonly name: string;
  readonly source: string;
  readonly config: Partial<OptimizerConfig>;
  /** Parameters after each step. */
  readonly parameters: readonly Values[];
}

interface Problem {
  readonly start: Readonly<
    Record<string, { readonly shape: readonly number[]; readonly values: readonly number[] }>
  >;
  readonly gradients: readonly Values[];
}

const goldens = vectors<Golden & Problem>('optimizers');
const tfjsGoldens = vectors<Golden>('optimizersTfjs');
const [{ start, gradients }] = goldens;

const all: readonly OptimizerSpec[] = Object.values(optimizers);

/** Runs the step program once per given gradient; state and parameters thread through. */
function trajectory(spec: OptimizerSpec, config: Partial<OptimizerConfig>, problem: Problem): Values[] {
  const leaf = (prefix: string) =>
    Object.fromEntries(
      Object.entries(problem.start).map(([name, { shape }]) => [
        name,
        state(prefix + name, { shape, dtype: 'float32' }),
      ]),
    );
  const step = stepOptimizer({ spec, config, parameters: leaf(''), gradients: leaf('gradient:') });
  const program = programOf('step', {}, { ...step.parameters, ...step.updates });
  const fill = ({
    spec: { shape },
    initialValue,
  }: {
    spec: { shape: readonly number[] };
    initialValue: number;
  }) => new Array<number>(shape.reduce((p, q) => p * q, 1)).fill(initialValue);
  let kept: Record<string, ArrayLike<number>> = {
    ...Object.fromEntries(Object.entries(step.state).map(([name, entry]) => [name, fill(entry)])),
    ...Object.fromEntries(Object.entries(problem.start).map(([name, { values }]) => [name, values])),
  };
  return problem.gradients.map((given) => {
    const bound = Object.fromEntries(
      Object.entries(given).map(([name, values]) => [`gradient:${name}`, values]),
    );
    kept = interpret(program, { state: { ...kept, ...bound } }).state;
    return Object.fromEntries(Object.keys(problem.start).map((name) => [name, Array.from(kept[name])]));
  });
}

describe('optimizers', () => {
  it('are filed under their own names, without double spellings', () => {
    for (const [key, { name }] of Object.entries(optimizers)) expect(name).toBe(key);
    const spellings = all.flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(new Set(spellings).size).toBe(spellings.length);
  });

  it('all have a golden case in each dialect they have', () => {
    const names = all.map(({ name }) => name).sort();
    expect([...new Set(goldens.map(({ name }) => name))].sort()).toEqual(names);
    expect([...new Set(tfjsGoldens.map(({ name }) => name)), 'adamW'].sort()).toEqual(names);
  });

  it.each(goldens)('$name follows $source for ten steps', (golden) => {
    const steps = trajectory(optimizer(golden.name), golden.config, golden);
    golden.parameters.forEach((expected, at) => {
      for (const name of Object.keys(expected))
        expectClose(steps[at][name], expected[name], tolerances.float64.trainingRun);
    });
  });

  it.each(tfjsGoldens)('$name follows $source for ten steps', ({ name, config, parameters }) => {
    const steps = trajectory(optimizer(name), config, { start, gradients });
    parameters.forEach((expected, at) => {
      for (const key of Object.keys(expected))
        expectClose(steps[at][key], expected[key], tolerances.float32.trainingRun);
    });
  });

  it.each(all)('$name moves nothing while gradients are 0', (spec) => {
    const still = {
      start: { w: { shape: [2], values: [1, -2] } },
      gradients: [{ w: [0, 0] }, { w: [0, 0] }],
    };
    const config = { weightDecay: 0 } as Partial<OptimizerConfig>;
    const [, last] = trajectory(spec, spec.name === 'adamW' ? config : {}, still);
    expectClose(last.w, [1, -2], tolerances.float64.exact);
  });

  it.each(all)('$name reduces x² from 1, in both dialects', (spec) => {
    for (const dialect of ['tfjs', 'keras'] as const) {
      const [first] = trajectory(
        spec,
        { dialect },
        { start: { x: { shape: [], values: [1] } }, gradients: [{ x: [2] }] },
      );
      expect(first.x[0]).toBeLessThan(1);
    }
  });
});

describe('rmsprop', () => {
  // η g / (√(0.1 g²) + ε) and η g / √(0.1 g² + ε), worked by hand for g far below √ε.
  it.each([
    ['inside', (1e-3 * 1e-6) / Math.sqrt(0.1 * 1e-12 + 1e-7)],
    ['outside', (1e-3 * 1e-6) / (Math.sqrt(0.1) * 1e-6 + 1e-7)],
  ] as const)('puts epsilon %s the root, by Keras 3 defaults otherwise', (epsilonPlacement, expected) => {
    const [step] = trajectory(
      optimizers.rmsprop,
      { dialect: 'keras', epsilonPlacement } as Partial<OptimizerConfig>,
      {
        start: { x: { shape: [], values: [0] } },
        gradients: [{ x: [1e-6] }],
      },
    );
    expectClose(step.x, [-expected], tolerances.float64.trainingRun);
  });
});

describe('stepOptimizer', () => {
  const parameter = (name: string): Node => state(name, { shape: [2], dtype: 'float32' });
  const w = parameter('dense/kernel');

  it('names its state and says how it starts', () => {
    const {
      state: kept,
      updates,
      parameters,
    } = stepOptimizer({
      spec: optimizers.adam,
      parameters: { 'dense/kernel': w },
      gradients: { 'dense/kernel': constant([1, 2], [2]) },
    });
    expect(
      Object.entries(kept).map(
        ([name, { spec, initialValue }]) => `${name} ${spec.dtype}[${spec.shape}] ${initialValue}`,
      ),
    ).toMatchInlineSnapshot(`
      [
        "optimizer/step int32[] 0",
        "optimizer/beta1Power float32[] 0.9",
        "optimizer/beta2Power float32[] 0.999",
        "optimizer/m/dense/kernel float32[2] 0",
        "optimizer/v/dense/kernel float32[2] 0",
      ]
    `);
    expect(Object.keys(updates).sort()).toEqual(Object.keys(kept).sort());
    expect(Object.keys(parameters)).toEqual(['dense/kernel']);
    expect(kept[optimizerStepName].spec.dtype).toBe('int32');
  });

  it('keeps no slot that a configuration does not need', () => {
    const slots = (config: object) =>
      optimizers.rmsprop.slots({ ...optimizers.rmsprop.defaults, ...config }, []).map(({ name }) => name);
    expect(slots({})).toEqual(['meanSquare']);
    expect(slots({ momentum: 0.9, centered: true })).toEqual(['meanSquare', 'meanGradient', 'momentum']);
  });

  it('hands the schedule the number of finished steps', () => {
    const x = state('x', { shape: [], dtype: 'float32' });
    const step = stepOptimizer({
      spec: optimizers.sgd,
      parameters: { x },
      gradients: { x: constant(1) },
      learningRate: (finishedSteps) => finishedSteps,
    });
    const program = programOf('step', {}, { ...step.parameters, ...step.updates });
    let kept: Record<string, ArrayLike<number>> = { x: [0], [optimizerStepName]: [0] };
    const seen = [1, 2, 3].map(() => {
      kept = interpret(program, { state: kept }).state;
      return kept.x[0];
    });
    expect(seen).toEqual([0, -1, -3]);
  });

  it('clips before it updates', () => {
    const x = state('x', { shape: [], dtype: 'float32' });
    const { parameters } = stepOptimizer({
      spec: optimizers.sgd,
      config: { learningRate: 1 },
      parameters: { x },
      gradients: { x: constant(100) },
      clip: clipByValue(2),
    });
    expect(interpret(programOf('step', parameters), { state: { x: [5] } }).outputs.x[0]).toBe(3);
  });

  it.each(all)('of $name decays towards the rest of a rule, learning at its share of the rate', (spec) => {
    const [x, rate] = [state('x', { shape: [2], dtype: 'float32' }), 0.5];
    const step = (start: readonly number[], rule?: ParameterRule) => {
      const {
        parameters,
        updates,
        state: kept,
      } = stepOptimizer({
        spec,
        parameters: { x },
        gradients: { x: constant([0.25, -2], [2]) },
        learningRate: () => constant(rule ? rate : rate / 4),
        ruleOf: (name) => (name === 'x' ? (rule ?? { decay: 0 }) : undefined),
      });
      const initial = Object.fromEntries(
        Object.entries(kept).map(
          ([
            name,
            {
              spec: { shape },
              initialValue,
            },
          ]) => [name, new Array<number>(shape.length === 0 ? 1 : 2).fill(initialValue)],
        ),
      );
      return interpret(programOf('step', parameters, updates), { state: { ...initial, x: start } }).outputs.x;
    };
    // θ ← θ - η λ (θ - 1) = θ - 0.05 (θ - 1) comes first, at the whole rate: 3 → 2.9, -1 → -0.9.
    expectClose(
      step([3, -1], { learningRateFactor: 0.25, decay: 0.1, rest: 1 }),
      step([2.9, -0.9]),
      tolerances.float64.elementwise,
    );
  });

  it("keeps adamW's own decay where a rule names none, and drops it where a rule says 0", () => {
    const x = state('x', { shape: [], dtype: 'float32' });
    const step = (rule: ParameterRule) =>
      stepOptimizer({
        spec: optimizers.adamW,
        config: { learningRate: 0.5, weightDecay: 0.25 },
        parameters: { x },
        gradients: { x: constant(0) },
        ruleOf: () => rule,
      }).parameters;
    const moved = (rule: ParameterRule) => {
      const kept = { x: [3], 'optimizer/m/x': [0], 'optimizer/v/x': [0] };
      const powers = { 'optimizer/beta1Power': [0.9], 'optimizer/beta2Power': [0.999] };
      return interpret(programOf('step', step(rule)), { state: { ...kept, ...powers } }).outputs.x[0];
    };
    // 3 - 0.5 · 0.25 · 3, 3 - 0.5 · 0.25 · (3 - 1), 3
    expect([moved({}), moved({ rest: 1 }), moved({ decay: 0 })]).toEqual([2.625, 2.75, 3]);
  });

  it('rejects gradients that are missing, surplus or of another shape', () => {
    const step = (gradients: Record<string, Node>) => () =>
      stepOptimizer({
        spec: optimizers.sgd,
        parameters: { a: parameter('a'), b: parameter('b') },
        gradients,
      });
    expect(step({ a: w, c: w })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: sgd expected one gradient for each parameter, got none for 'b', one for 'c', which is no parameter.

      Fix: leave parameters that do not train out of both]
    `);
    expect(step({ a: w, b: constant(1) })).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: sgd expected a gradient of the shape of 'b', float32[2], got float32[].

      Fix: differentiate with respect to the parameter itself]
    `);
  });
});

describe('optimizerConfig', () => {
  it('takes the defaults of the dialect', () => {
    expect(optimizerConfig(optimizers.adadelta).learningRate).toBe(1);
    expect(optimizerConfig(optimizers.adadelta, { dialect: 'keras' }).learningRate).toBe(0.001);
    expect(
      optimizerConfig(optimizers.adadelta, { dialect: 'keras', learningRate: 2, rho: undefined }),
    ).toEqual({
      ...optimizers.adadelta.defaults,
      dialect: 'keras',
      learningRate: 2,
    });
  });

  it('rejects options and dialects that do not exist', () => {
    const options = { rho: 0.9, lr: 1 } as object;
    expect(() => optimizerConfig(optimizers.adam, options)).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: adam expected options among learningRate, beta1, beta2, epsilon, dialect, got 'rho', 'lr'.

      Fix: check the spelling of the option]
    `);
    expect(() =>
      optimizerConfig(optimizers.adam, { dialect: 'torch' as 'keras' }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: adam expected dialect 'tfjs' or 'keras', got 'torch'.

      Fix: leave it out for 'tfjs']
    `);
  });
});

describe('optimizer', () => {
  it('finds the class names of tfjs and Keras', () => {
    expect(
      ['SGD', 'Adam', 'RMSProp', 'RMSprop', 'AdamW', 'Adagrad', 'Adadelta', 'Adamax', 'Momentum'].map(
        (name) => optimizer(name).name,
      ),
    ).toEqual(['sgd', 'adam', 'rmsprop', 'rmsprop', 'adamW', 'adagrad', 'adadelta', 'adamax', 'momentum']);
  });

  it('lists what it knows when it does not', () => {
    expect(() => optimizer('lion')).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: optimizer expected one of sgd, momentum, rmsprop, adam, adamW, adagrad, adadelta, adamax, got 'lion'.

      Fix: check the spelling, or pass one of the names above]
    `);
  });
});
