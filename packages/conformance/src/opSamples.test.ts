import { checkInputs } from '@polyneuron/backend';
import { interpret, nodesOf, opNames, sizeOf, verify } from '@polyneuron/graph';
import { describe, expect, it } from 'vitest';
import { opSamples } from './opSamples.js';

describe('opSamples', () => {
  it.each(opNames)('%s: samples use the op, verify, run, and have names of their own', (op) => {
    const names = opSamples[op].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { program, inputs } of opSamples[op]) {
      verify(program);
      checkInputs(program, inputs);
      const state = Object.fromEntries(
        Object.entries(program.state).map(([name, { shape }]) => [name, new Float64Array(sizeOf(shape))]),
      );
      interpret(program, { inputs, state });
    }
    const used = opSamples[op].filter(({ program }) => nodesOf(program).some((node) => node.op === op));
    expect(used.length).toBeGreaterThan(0);
  });
});
