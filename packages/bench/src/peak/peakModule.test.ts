import { describe, expect, it } from 'vitest';
import { flopsPerIteration, peakModule } from './peakModule.js';

function runOf(...variant: Parameters<typeof peakModule>): (iterations: number) => number {
  const module = new WebAssembly.Module(peakModule(...variant));
  return new WebAssembly.Instance(module).exports.run as (iterations: number) => number;
}

describe('peakModule', () => {
  it.each([1, 6, 12, 40])('takes %i accumulators from a to a/2 + 1', (accumulators) => {
    const starts = Array.from({ length: accumulators }, (_, at) => 1 + at / 16);
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
    const run = runOf({ form: 'chain', accumulators });
    expect(run(1)).toBe(sum(starts.map((a) => a / 2 + 1)));
    expect(run(2)).toBe(sum(starts.map((a) => (a / 2 + 1) / 2 + 1)));
    // The fixed point: no denormal, no infinity, however long it runs
    expect(run(1000)).toBe(2 * accumulators);
  });

  it('adds one product to each accumulator', () => {
    // u = 1/2, 1, 1/4, 1/8 and v = 1/16, 1/32; the first four products are with v_0, the next two with v_1
    const products = (0.5 + 1 + 0.25 + 0.125) / 16 + (0.5 + 1) / 32;
    const starts = 6 + (0 + 1 + 2 + 3 + 4 + 5) / 16;
    expect(runOf({ form: 'products', accumulators: 6 })(3)).toBe(starts + 3 * products);
  });

  it('encodes the relaxed form, where the runtime takes it', () => {
    const variant = { form: 'relaxed', accumulators: 8 } as const;
    const isKnown = WebAssembly.validate(peakModule(variant));
    // Node 20 has relaxed SIMD behind a flag, Node 22 has it
    expect(isKnown || Number(process.versions.node.split('.')[0]) < 22).toBe(true);
    if (isKnown) expect(runOf(variant)(1000)).toBe(16);
  });

  it('counts two flops in four lanes per accumulator', () => {
    expect(flopsPerIteration({ form: 'chain', accumulators: 12 })).toBe(96);
  });
});
