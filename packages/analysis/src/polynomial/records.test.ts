/** @file Every layer record that says its degree, read as polynomials: a new layer is covered by being in the table. */
import { interpretNodes, type Node, type NodeOf, sizeOf, topologicalOrder } from '@polyneuron/graph';
import {
  createParameters,
  inputName,
  type LayerSpec,
  layerProgram,
  layers,
  parameterName,
  randomKeyName,
  resolveConfig,
} from '@polyneuron/kernels';
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { readElements, valueAt } from '../testing/readElements.js';
import { degreeOf } from './ring.js';

const table: readonly LayerSpec[] = Object.values(layers);
const cases = table.flatMap((spec) =>
  spec.samples.flatMap(({ config, inputShapes }) => {
    const degree = spec.degree(resolveConfig(spec, config));
    const linear = 'activation' in resolveConfig(spec, config) ? { ...config, activation: 'linear' } : config;
    const title = `${spec.name}(${JSON.stringify(config)}) of ${JSON.stringify(inputShapes)}`;
    return degree === undefined ? [] : [{ title, spec, config: linear, inputShapes, degree }];
  }),
);

describe.each(cases)('$title', ({ spec, config, inputShapes, degree }) => {
  it(`is a polynomial of degree ${degree}, equal to the interpreter at random points`, () => {
    const program = layerProgram(spec, config, { batch: 1, inputShapes });
    const { y } = program.outputs;
    const random = testRandom(3);
    const values = (size: number) => Array.from({ length: size }, random.normal);
    const parameters = createParameters(spec, config, inputShapes, 1);
    const bound = Object.fromEntries(
      Object.entries(program.inputs).map(([name, { shape, dtype }]) => {
        const own = parameters[name.replace(parameterName(''), '')];
        // Zeros and ones of a linear start would hide terms.
        const isFixed = dtype !== 'float32' || name === randomKeyName;
        return [name, isFixed ? (own ?? new Int32Array(sizeOf(shape))) : values(sizeOf(shape))];
      }),
    );
    const leaves = topologicalOrder([y]).filter(
      (node): node is NodeOf<'input'> & Node => node.op === 'input',
    );
    const isVariable = (name: string) => inputShapes.some((_, at) => name === inputName(at));
    const variables = leaves.filter(({ attributes: { name } }) => isVariable(name));
    const elements = readElements([y], variables, bound);
    expect(Math.max(0, ...elements.map(degreeOf))).toBe(degree);
    for (let point = 0; point < 3; point++) {
      const x = variables.map(({ shape }) => values(sizeOf(shape)));
      const inputs = {
        ...bound,
        ...Object.fromEntries(variables.map(({ attributes: { name } }, at) => [name, x[at]])),
      };
      const [expected] = interpretNodes([y], { inputs });
      const flat = x.flat();
      expectClose(
        elements.map((element) => valueAt(element, flat)),
        expected,
        tolerances.float64.gradient,
      );
    }
  });
});
