import { constant, interpretNodes, type Node } from '@polyneuron/graph';
import { describe, expect, it } from 'vitest';
import { logicalAnd, logicalNor, logicalOr, mcCullochPitts } from './mcCullochPitts.js';

const value = (node: Node) => Array.from(interpretNodes([node])[0]);
const bits = (values: number[], shape = [values.length]) => constant(values, shape, 'int32');

describe('gates of McCulloch and Pitts', () => {
  it("repeat the document's examples", () => {
    expect(value(logicalAnd(bits([1, 1])))).toEqual([1]);
    expect(value(logicalAnd(bits([1, 1, 0])))).toEqual([0]);
    expect(value(logicalAnd(bits([1, 1, 1, 1, 1, 1], [2, 3])))).toEqual([1]);
    expect(value(logicalOr(bits([1, 0])))).toEqual([1]);
    expect(value(logicalOr(bits([0, 0, 0])))).toEqual([0]);
    expect(value(logicalNor(bits([1, 0])))).toEqual([0]);
    expect(value(logicalNor(bits([0, 0])))).toEqual([1]);
    expect(value(logicalNor(bits([0, 0, 0])))).toEqual([1]);
    expect(value(logicalNor(bits([1, 0, 1])))).toEqual([0]);
  });

  it.each([1, 2, 3])('have the right truth tables for %d inputs, a row at a time', (n) => {
    const rows = Array.from({ length: 2 ** n }, (_, row) =>
      Array.from({ length: n }, (_, bit) => (row >> bit) & 1),
    );
    const x = bits(rows.flat(), [rows.length, n]);
    expect(value(logicalAnd(x, -1))).toEqual(rows.map((row) => Number(row.every((bit) => bit === 1))));
    expect(value(logicalOr(x, -1))).toEqual(rows.map((row) => Number(row.some((bit) => bit === 1))));
    expect(value(logicalNor(x, -1))).toEqual(rows.map((row) => Number(!row.some((bit) => bit === 1))));
  });

  it('take bool and float32 inputs, and give int32', () => {
    for (const dtype of ['bool', 'float32', 'int32'] as const) {
      const gate = logicalAnd(constant([1, 1], [2], dtype));
      expect(gate.dtype).toBe('int32');
      expect(value(gate)).toEqual([1]);
    }
  });

  it('compose to XOR, which no single unit computes', () => {
    const x = bits([0, 0, 0, 1, 1, 0, 1, 1], [4, 2]);
    // or, unless both: and inhibits
    const xor = mcCullochPitts(1, { excitatory: logicalOr(x, -1), inhibitory: logicalAnd(x, -1), axes: [] });
    expect(value(xor)).toEqual([0, 1, 1, 0]);
  });
});

describe('mcCullochPitts', () => {
  it('fires from the threshold on', () => {
    const x = bits([1, 0, 1, 1]);
    expect([2, 3, 4].map((threshold) => value(mcCullochPitts(threshold, { excitatory: x }))[0])).toEqual([
      1, 1, 0,
    ]);
  });

  it('is silent as soon as one inhibitory input is active', () => {
    const excitatory = bits([1, 1, 1]);
    expect(value(mcCullochPitts(1, { excitatory, inhibitory: bits([0, 0, 0]) }))).toEqual([1]);
    expect(value(mcCullochPitts(1, { excitatory, inhibitory: bits([0, 1, 0]) }))).toEqual([0]);
  });

  it('never fires without excitation when the threshold is positive', () => {
    expect(value(mcCullochPitts(1, { inhibitory: bits([0, 0]) }))).toEqual([0]);
  });

  it('rejects a unit without inputs', () => {
    expect(() => mcCullochPitts(1, {})).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: mcCullochPitts expected excitatory or inhibitory inputs, got neither.

      Fix: pass mcCullochPitts(threshold, { excitatory: x })]
    `);
  });
});
