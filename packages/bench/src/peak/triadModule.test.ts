import { describe, expect, it } from 'vitest';
import { measureTriads } from './measureTriads.js';
import { triadModule } from './triadModule.js';

describe('triadModule', () => {
  it('computes a = b + c / 2, as often as asked', () => {
    const { memory, run } = new WebAssembly.Instance(new WebAssembly.Module(triadModule(3 * 32))).exports as {
      readonly memory: WebAssembly.Memory;
      readonly run: (bytes: number, repeats: number) => void;
    };
    const [a, b, c] = [0, 32, 64].map((from) => new Float32Array(memory.buffer, from, 8));
    b!.set([1, 2, 3, 4, 5, 6, 7, 8]);
    c!.set([2, 4, 6, 8, -2, -4, -6, -8]);
    run(32, 1);
    expect([...a!]).toEqual([2, 4, 6, 8, 4, 4, 4, 4]);
    // Arrays of 16 bytes lie closer: b is 4 4 4 4, the second half of the first, and c is 1 2 3 4
    run(16, 3);
    expect([...a!]).toEqual([4.5, 5, 5.5, 6, 4, 4, 4, 4]);
  });
});

describe('measureTriads', () => {
  it('counts two reads and a write per element', () => {
    let now = 0;
    // Every look at the clock is a millisecond later, so every call takes one
    const clock = () => now++;
    const triads = measureTriads({ clock, budgetMs: 1 });
    expect(triads.map(({ bytes }) => bytes)).toEqual([2 ** 15, 2 ** 20, 2 ** 26]);
    // At least 2^24 bytes in each call, whole runs over the arrays
    for (const { bandwidthGBs } of triads) expect(bandwidthGBs).toBeGreaterThanOrEqual(2 ** 24 / 1e6);
    expect(triads[2]!.bandwidthGBs).toBe((48 * Math.floor(2 ** 26 / 48)) / 1e6);
  });
});
