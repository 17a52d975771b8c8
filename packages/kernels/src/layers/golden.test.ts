import {
  constant,
  gradient,
  interpretNodes,
  type Node,
  type NodeOf,
  topologicalOrder,
} from '@polyneuron/graph';
import { appliesTo, expectClose, hasGoldenFile, tolerances, vectors } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { inputName, layerProgram, parameterName } from '../layerProgram.js';
import type { LayerSpec } from '../layerSpec.js';
import { layer, layers } from './layers.js';

interface GoldenCase {
  readonly layer: string;
  readonly source: string;
  readonly config: object;
  readonly batch: number;
  readonly inputShapes: number[][];
  readonly inputs: number[][];
  readonly parameters: Record<string, number[]>;
  readonly dy: number[];
  readonly y: number[];
  readonly dInputs: number[][];
  readonly dParameters: Record<string, number[]>;
}

const table: Readonly<Record<string, LayerSpec>> = layers;
const checked = Object.values(table).filter((spec) =>
  spec.samples.some((sample) => appliesTo('golden', spec, sample)),
);

describe.each(checked)('golden values and gradients of $name', ({ name }) => {
  // Read here and not above: a file that is missing fails its own layer alone
  it('has a golden file', () => expect(vectors<GoldenCase>(`layers/${name}`).length).toBeGreaterThan(0));

  it.each(casesOf(name))('$title', ({ golden }) => {
    const { batch, inputShapes } = golden;
    const program = layerProgram(layer(golden.layer), golden.config, { batch, inputShapes });
    const { y } = program.outputs;
    const inputs = {
      ...Object.fromEntries(golden.inputs.map((values, at) => [inputName(at), values])),
      ...Object.fromEntries(
        Object.entries(golden.parameters).map(([name, values]) => [parameterName(name), values]),
      ),
    };
    const expected = {
      ...Object.fromEntries(golden.dInputs.map((values, at) => [inputName(at), values])),
      ...Object.fromEntries(
        Object.entries(golden.dParameters).map(([name, values]) => [parameterName(name), values]),
      ),
    };
    expectClose(interpretNodes([y], { inputs })[0], golden.y, tolerances.float64.gradient);

    const leaves = topologicalOrder([y]).filter(
      (node): node is NodeOf<'input'> & Node => node.op === 'input',
    );
    expect(leaves.map(({ attributes }) => attributes.name).sort()).toEqual(Object.keys(expected).sort());
    const cotangents = gradient(y, leaves, constant(golden.dy, y.shape));
    interpretNodes(cotangents, { inputs }).forEach((values, at) => {
      expectClose(values, expected[leaves[at].attributes.name], tolerances.float64.gradient);
    });
  });
});

function casesOf(name: string): { readonly title: string; readonly golden: GoldenCase }[] {
  if (!hasGoldenFile(`layers/${name}`)) return [];
  return vectors<GoldenCase>(`layers/${name}`).map((golden) => ({
    title: `${golden.layer}(${JSON.stringify(golden.config)}) of ${golden.source}`,
    golden,
  }));
}
