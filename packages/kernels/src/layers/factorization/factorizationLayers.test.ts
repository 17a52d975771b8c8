/** @file What holds for the whole family: size of programs, degenerate extents, and defects of other libraries. */
import { gradientProgram, interpret, type Node, nodesOf, sizeOf } from '@polyneuron/graph';
import { expectDegree, testRandom } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { inputName, layerProgram, parameterName } from '../../layerProgram.js';
import type { LayerSpec } from '../../layerSpec.js';
import { resolveConfig } from '../../resolveConfig.js';
import { createParameters, parameterSpecs } from '../parameters.js';
import { runLayer } from '../testing/runLayer.js';
import { factorizationLayers } from './factorizationLayers.js';

const table: Readonly<Record<string, LayerSpec>> = factorizationLayers;
const fieldLayers = Object.entries(table).filter(([, { inputKind }]) => inputKind === 'fields');

const withIdentity = Object.entries(table).filter(([, { starts }]) => starts?.identity);

/** Options without a default. */
const required: Readonly<Record<string, object>> = {
  factorizationMachine: { factors: 2 },
  cin: { layerSizes: [3, 2] },
  elementarySymmetric: { order: 3 },
};

function programs(spec: LayerSpec, fields: number) {
  const dimension = spec.name === 'ffm' ? fields - 1 : 2;
  const config = required[spec.name] ?? {};
  const forward = layerProgram(spec, config, { batch: 2, inputShapes: [[fields, dimension]] });
  return { forward, backward: gradientProgram(forward) };
}

describe('the factorization family', () => {
  it.each(fieldLayers)('%s of 26 fields has as many nodes as of 3: pairs are no nodes', (_, spec) => {
    const [few, many] = [programs(spec, 3), programs(spec, 26)];
    const count = (program: Parameters<typeof nodesOf>[0]) => nodesOf(program).length;
    expect(count(many.forward)).toBe(count(few.forward));
    expect(count(many.backward)).toBe(count(few.backward));
    expect(count(many.forward)).toBeLessThanOrEqual(40);
  });

  it.each(fieldLayers)('%s copies no vector per pair that a sum over pairs does not need', (name, spec) => {
    const copies = ['ffm', 'afm', 'bilinearInteraction'].includes(name);
    const { forward } = programs(spec, 26);
    const isCopy = ({ shape }: Node) => shape.length === 3 && shape[0] === 2 && shape[1] === 325;
    expect(nodesOf(forward).some(isCopy)).toBe(copies);
  });

  it.each(fieldLayers)('%s takes fields of dimension 1, or two fields at least', (name, spec) => {
    for (const { config } of spec.samples) {
      const least = 'order' in config ? (config.order as number) : 2;
      const shape = name === 'ffm' ? [2, 1] : [least, 1];
      const parameters = createParameters(spec, config, [shape], 1);
      const inputs = [testRandom(1).normals(sizeOf(shape))];
      const y = runLayer(spec, { config, inputShapes: [shape], inputs, parameters });
      expect(y.length).toBe(sizeOf(spec.outputShape(resolveConfig(spec, config), [shape])));
      expect(y.every(Number.isFinite)).toBe(true);
    }
  });

  it.each(withIdentity)('%s starts affine at its identity start, and can leave it', (_, spec) => {
    const config = spec.starts?.identity ?? {};
    const given = { ...config, ...required[spec.name] };
    const shape = spec.inputKind === 'fields' ? [4, 3] : [12];
    const parameters = createParameters(spec, given, [shape], 1);
    const f = (x: Float64Array) =>
      runLayer(spec, { config: given, inputShapes: [shape], inputs: [x], parameters });
    expectDegree(f, { degree: 1, dimension: 12 });
    const forward = layerProgram(spec, given, { batch: 3, inputShapes: [shape] });
    const x = testRandom(8).normals(36);
    const named = Object.entries(parameters).map(([name, values]) => [parameterName(name), values] as const);
    const inputs = { [inputName(0)]: x, ...Object.fromEntries(named) };
    const ones = new Array<number>(sizeOf(forward.outputs.y.shape)).fill(1);
    const slopes = interpret(gradientProgram(forward), { inputs: { ...inputs, 'd:y': ones } }).outputs;
    const higher = parameterSpecs(spec, given, [shape]).filter(({ group }) => group === 'higherOrder');
    const isMoving = ({ name }: { name: string }) =>
      slopes[`d:${parameterName(name)}`].some((slope) => slope !== 0);
    expect(higher.some(isMoving)).toBe(true);
  });

  it('defect: DeepCTR FEFM computes a fractional output shape: all extents are whole', () => {
    for (const [name, spec] of fieldLayers)
      for (const { config } of spec.samples)
        for (const fields of [4, 5, 6, 7]) {
          if ('order' in config && (config.order as number) > fields) continue;
          const shape = [fields, name === 'ffm' ? 2 * (fields - 1) : 3];
          const resolved = resolveConfig(spec, config);
          const shapes = [
            spec.outputShape(resolved, [shape]),
            ...spec.parameters(resolved, [shape]).map((parameter) => parameter.shape),
          ];
          expect(shapes.flat().every((extent) => Number.isInteger(extent) && extent > 0)).toBe(true);
        }
  });

  it('defect: DeepCTR-Torch and FuxiCTR squeeze() drops the batch of one: the axis stays', () => {
    for (const spec of Object.values(table))
      for (const { config, inputShapes } of spec.samples) {
        const { y } = layerProgram(spec, config, { batch: 1, inputShapes }).outputs;
        const expected = spec.outputShape(resolveConfig(spec, config), inputShapes);
        expect(y.shape).toEqual([1, ...expected]);
      }
  });

  it.each(Object.entries(table))('%s gives rank-4 input the rows of the flattened one', (_, spec) => {
    for (const { config, inputShapes } of spec.samples) {
      const kept = spec.inputKind === 'fields' ? 2 : 1;
      const last = inputShapes[0].slice(-kept);
      const parameters = createParameters(spec, config, [last], 3);
      const inputs = [testRandom(2).normals(6 * sizeOf(last))];
      const run = (batch: number, shape: readonly number[]) =>
        runLayer(spec, { config, batch, inputShapes: [shape], inputs, parameters });
      expect(run(3, [2, ...last])).toEqual(run(6, last));
    }
  });
});
