/**
 * @file What every layer record promises, on the record's own samples: a new layer is covered by being in the table.
 * Which checks a sample gets is told by `layerChecks`, which the coverage table of `layers` reads too.
 */
import { interpret, isSameShape, sizeOf, verify } from '@polyneuron/graph';
import {
  appliesTo,
  checkGradient,
  coreAxes,
  expectClose,
  expectDegree,
  type LayerCheckName,
  testRandom,
  tolerances,
} from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { layerProgram } from '../layerProgram.js';
import type { LayerSpec } from '../layerSpec.js';
import { resolveConfig } from '../resolveConfig.js';
import { layers } from './layers.js';
import { countParameters, createParameters, parameterSpecs } from './parameters.js';
import { layerFunction } from './testing/layerFunction.js';

interface Case {
  readonly title: string;
  readonly spec: LayerSpec;
  readonly config: object;
  readonly inputShapes: readonly (readonly number[])[];
}

const table: Readonly<Record<string, LayerSpec>> = layers;
const cases: Case[] = Object.values(table).flatMap((spec) =>
  spec.samples.map(({ config, inputShapes }) => ({
    title: `${spec.name}(${JSON.stringify(config)}) of ${JSON.stringify(inputShapes)}`,
    spec,
    config,
    inputShapes,
  })),
);

describe.each(Object.entries(table))('%s', (name, spec) => {
  it('is listed under its own name, with a sample, a formula and a source', () => {
    expect(spec.name).toBe(name);
    expect(spec.samples.length).toBeGreaterThan(0);
    expect([spec.title, spec.formula, spec.source].every((text) => text.length > 0)).toBe(true);
  });

  it('has no option that is both required and defaulted', () => {
    expect(Object.keys(spec.required ?? {}).filter((option) => option in spec.defaults)).toEqual([]);
  });

  it('has a config that survives JSON', () => {
    for (const { config } of spec.samples) {
      const resolved = resolveConfig(spec, config);
      expect(JSON.parse(JSON.stringify(resolved))).toEqual(resolved);
    }
  });
});

describe.each(cases)('$title', ({ spec, config, inputShapes }) => {
  const resolved = resolveConfig(spec, config);
  const check = (name: LayerCheckName, title: string, body: () => void) => {
    if (appliesTo(name, spec, { config, inputShapes })) it(title, body);
  };

  it.each([0, 1, 2])('makes a valid program with the promised shape for a batch of %d', (batch) => {
    for (const isTraining of [false, true]) {
      const program = layerProgram(spec, config, { batch, inputShapes, isTraining });
      verify(program);
      expect(program.outputs.y.shape).toEqual([batch, ...spec.outputShape(resolved, inputShapes)]);
      expect(program.outputs.y.dtype).toBe('float32');
    }
  });

  check('emptyBatch', 'has no output and no gradient for an empty batch', () => {
    const f = layerFunction(spec, config, { batch: 0, inputShapes, isTraining: true });
    const vector = testRandom(6).normals(f.dimension);
    expect(f.inputDimension).toBe(0);
    expect(f.output(vector).length).toBe(0);
    expectClose(f.gradient(vector), new Float64Array(f.dimension), tolerances.float64.exact);
  });

  check('batchOfOne', 'treats every sample alone', () => {
    const joint = layerFunction(spec, config, { batch: 2, inputShapes });
    const single = layerFunction(spec, config, { batch: 1, inputShapes });
    const vector = testRandom(5).normals(joint.dimension);
    const y = joint.output(vector);
    for (const row of [0, 1]) {
      let from = 0;
      const inputs = inputShapes.flatMap((shape) => {
        const size = sizeOf(shape);
        from += 2 * size;
        return Array.from(vector.slice(from - (2 - row) * size, from - (1 - row) * size));
      });
      const alone = single.output(Float64Array.from([...inputs, ...vector.slice(joint.inputDimension)]));
      expectClose(
        alone,
        y.slice(row * alone.length, (row + 1) * alone.length),
        tolerances.float64.elementwise,
      );
    }
  });

  check('ranks', 'gives inputs of rank 2 to 4 the rows of the flattened input', () => {
    const cores = inputShapes.map((shape) => shape.slice(-(coreAxes(spec) ?? 0)));
    for (const lead of [[3], [2, 2]].filter(({ length }) => length + cores[0].length < 4)) {
      const shapes = cores.map((core) => [...lead, ...core]);
      const [deep, flat] = [
        layerFunction(spec, config, { batch: 2, inputShapes: shapes }),
        layerFunction(spec, config, { batch: 2 * sizeOf(lead), inputShapes: cores }),
      ];
      expect(parameterSpecs(spec, config, shapes)).toEqual(parameterSpecs(spec, config, cores));
      const [shape, row] = [shapes, cores].map((given) => spec.outputShape(resolved, given));
      expect(shape).toEqual([...lead, ...row]);
      const vector = testRandom(8).normals(deep.dimension);
      expectClose(deep.output(vector), flat.output(vector), tolerances.float64.elementwise);
    }
  });

  check('gradient', 'passes checkGradient to order 2 in inputs and parameters', () => {
    const f = layerFunction(spec, config, { batch: 2, inputShapes, isTraining: true });
    checkGradient({
      x: testRandom(7).normals(f.dimension),
      f: f.total,
      gradient: f.gradient,
      hessianProduct: f.hessianProduct,
    });
  });

  const degree = spec.degree(resolved) ?? 0;
  check('degree', `has degree ${degree} in its inputs before the activation`, () => {
    const linear = 'activation' in resolved ? { ...config, activation: 'linear' } : config;
    const f = layerFunction(spec, linear, { batch: 1, inputShapes });
    const parameters = testRandom(9).normals(f.dimension - f.inputDimension);
    expectDegree((x) => f.output(Float64Array.from([...x, ...parameters])), {
      degree,
      dimension: f.inputDimension,
    });
  });

  check('seeds', 'draws every weight from a stream of its own, by the seed', () => {
    const drawn = (seed: number) =>
      Object.values(createParameters(spec, config, inputShapes, seed)).filter(
        (values) => new Set(values).size > 1 || values.length === 1,
      );
    const [values, again, others] = [drawn(1), drawn(1), drawn(2)];
    expect(again).toEqual(values);
    expect(others).not.toEqual(values);
    const several = values.filter(({ length }) => length > 1);
    const count = Math.min(...several.map(({ length }) => length));
    expect(new Set(several.map((list) => list.slice(0, count).join())).size).toBe(several.length);
  });

  check('parameterCount', 'has distinct, well-formed parameters that start finite', () => {
    const specs = parameterSpecs(spec, config, inputShapes);
    expect(new Set(specs.map(({ name }) => name)).size).toBe(specs.length);
    const values = createParameters(spec, config, inputShapes, 1);
    expect(Object.keys(values)).toEqual(specs.map(({ name }) => name));
    for (const { name, shape, dtype = 'float32' } of specs) {
      expect(values[name]).toBeInstanceOf(dtype === 'int32' ? Int32Array : Float32Array);
      expect(values[name].length).toBe(sizeOf(shape));
      expect(values[name].every(Number.isFinite)).toBe(true);
    }
    const total = Object.values(values).reduce((count, { length }) => count + length, 0);
    expect(countParameters(spec, config, inputShapes)).toBe(total);
    expect(spec.parameterCount(resolved, inputShapes)).toBe(total);
  });

  it('updates no parameter but those that are not trainable', () => {
    const program = layerProgram(spec, config, { batch: 1, inputShapes });
    const fixed = parameterSpecs(spec, config, inputShapes).filter(({ isTrainable = true }) => !isTrainable);
    for (const [name, node] of Object.entries(program.outputs)) {
      if (name === 'y') continue;
      const parameter = fixed.find((one) => name === `update:${one.name}`);
      expect(parameter && isSameShape(node.shape, parameter.shape)).toBe(true);
    }
  });

  it('starts finite: the first output for unit-variance input has no NaN', () => {
    const program = layerProgram(spec, config, { batch: 2, inputShapes });
    const parameters = createParameters(spec, config, inputShapes, 2);
    const random = testRandom(4);
    const inputs = Object.fromEntries(
      Object.entries(program.inputs).map(([name, { shape, dtype }]) => {
        const own = parameters[name.replace('parameter:', '')];
        return [name, own ?? (dtype === 'int32' ? [1, 1] : random.normals(sizeOf(shape)))];
      }),
    );
    expect(Array.from(interpret(program, { inputs }).outputs.y).every(Number.isFinite)).toBe(true);
  });
});
