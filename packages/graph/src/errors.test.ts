import { describe, expect, it } from 'vitest';
import { InternalError, PolyneuronError, ShapeError } from './errors.js';

describe('PolyneuronError', () => {
  it('says what was expected, what came, the operands, the fix and the place', () => {
    const error = new ShapeError({
      subject: 'factorizationMachine',
      expected: 'the last axis of x to be 8',
      received: '6',
      details: { x: '[32, 6]  float32', v: '[8, 4]  float32' },
      fix: 'build the layer with n: 6, or pad x to 8 features',
      at: 'model › fm_1',
    });
    expect(error).toBeInstanceOf(PolyneuronError);
    expect(error).toMatchObject({ name: 'ShapeError', code: 'ShapeError', received: '6' });
    expect(error.message).toMatchInlineSnapshot(`
      "factorizationMachine expected the last axis of x to be 8, got 6.

        x   [32, 6]  float32
        v   [8, 4]  float32

      Fix: build the layer with n: 6, or pad x to 8 features
      At:  model › fm_1"
    `);
  });
});

describe('InternalError', () => {
  it('asks for a report', () => {
    expect(new InternalError('no plan').message).toMatchInlineSnapshot(`
      "internal: no plan

      Please report this at https://github.com/polyneuron/polyneuron/issues"
    `);
  });
});
