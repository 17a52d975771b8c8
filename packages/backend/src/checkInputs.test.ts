import { add, cast, defineProgram } from '@polyneuron/graph';
import { describe, expect, it } from 'vitest';
import { checkInputs, checkScanInputs, checkStateData, checkStateName } from './index.js';

const program = defineProgram({
  name: 'gain',
  inputs: {
    x: { shape: [2, 3], dtype: 'float32' },
    count: { shape: [], dtype: 'int32' },
    keep: { shape: [3], dtype: 'bool' },
  },
  state: { w: { shape: [3], dtype: 'float32' } },
  build: ({ inputs: { x, count, keep }, state: { w } }) => ({
    outputs: { y: add(add(x, w), add(cast(count, 'float32'), cast(keep, 'float32'))) },
  }),
});

const good = { x: new Float32Array(6), count: Int32Array.of(1), keep: Uint8Array.of(1, 0, 1) };

describe('checkInputs', () => {
  it('accepts the arrays that backends take', () => {
    checkInputs(program, good);
    checkInputs(program, { ...good, x: new Float64Array(6) });
  });

  it('reports a wrong length with every input beside it', () => {
    expect(() =>
      checkInputs(program, { ...good, x: new Float32Array(4) }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: program 'gain' expected 6 elements for input 'x' float32[2,3], got 4.

        x       float32[2,3]   Float32Array(4)
        count   int32[]        ok
        keep    bool[3]        ok

      Fix: shapes are static: compile the program for this shape, or pad the data]
    `);
  });

  it('reports a wrong kind of array', () => {
    expect(() =>
      checkInputs(program, { ...good, count: Float32Array.of(1) }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [DTypeError: program 'gain' expected input 'count' as Int32Array, got Float32Array.

        x       float32[2,3]   ok
        count   int32[]        Float32Array(1)
        keep    bool[3]        ok

      Fix: convert with Int32Array.from(values)]
    `);
    const plain = { ...good, x: [1, 2, 3, 4, 5, 6] as unknown as Float32Array };
    expect(() => checkInputs(program, plain)).toThrowErrorMatchingInlineSnapshot(`
      [DTypeError: program 'gain' expected input 'x' as Float32Array or Float64Array, got Array.

        x       float32[2,3]   Array(6)
        count   int32[]        ok
        keep    bool[3]        ok

      Fix: convert with Float32Array.from(values)]
    `);
  });

  it('reports what is missing and what is unknown together', () => {
    const { x, ...others } = good;
    expect(() => checkInputs(program, { ...others, X: x })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: program 'gain' expected input 'x' float32[2,3], got nothing.

        x       float32[2,3]   missing
        count   int32[]        ok
        keep    bool[3]        ok
        X       unknown

      Fix: pass every one by its name]
    `);
    expect(() => checkInputs(program, { ...good, y: x })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: program 'gain' expected inputs 'x', 'count', 'keep', got also 'y'.

        x       float32[2,3]   ok
        count   int32[]        ok
        keep    bool[3]        ok
        y       unknown

      Fix: leave it out, or correct the name]
    `);
  });
});

describe('checkScanInputs', () => {
  it('wants a leading axis', () => {
    checkScanInputs(program, 2, {
      x: new Float32Array(12),
      count: new Int32Array(2),
      keep: new Uint8Array(6),
    });
    expect(() => checkScanInputs(program, 2, good)).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: scan of program 'gain' expected 12 elements for input 'x' float32[2,2,3], got 6.

        x       float32[2,2,3]   Float32Array(6)
        count   int32[2]         Int32Array(1)
        keep    bool[2,3]        Uint8Array(3)

      Fix: shapes are static: compile the program for this shape, or pad the data]
    `);
  });

  it.each([-1, 1.5, Number.NaN])('rejects %d steps', (steps) => {
    expect(() => checkScanInputs(program, steps, good)).toThrow(
      'expected a whole, non-negative number of steps',
    );
  });

  it('says what a number of steps is', () => {
    expect(() => checkScanInputs(program, 1.5, good)).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: scan of program 'gain' expected a whole, non-negative number of steps, got 1.5.

      Fix: divide the samples by the batch and round down]
    `);
  });
});

describe('checkStateData', () => {
  it('checks name and length', () => {
    checkStateData(program, 'w', new Float32Array(3));
    expect(() => checkStateName(program, 'v')).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: program 'gain' expected a state entry among 'w', got 'v'.

      Fix: use a name from program.state]
    `);
    expect(() => checkStateData(program, 'w', new Float32Array(2))).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: program 'gain' expected 3 elements for state 'w' float32[3], got 2.

        w   float32[3]   Float32Array(2)

      Fix: shapes are static: compile the program for this shape, or pad the data]
    `);
  });

  it('does not take an inherited property for a state entry', () => {
    expect(() => checkStateName(program, 'toString')).toThrow("got 'toString'");
  });
});
