import { describe, expect, it } from 'vitest';
import { input, state } from './build/create.js';
import { add } from './build/elementwise.js';
import { defineProgram, programOf } from './program.js';
import type { Node } from './types.js';
import { verify } from './verify.js';

const x = input('x', { shape: [2], dtype: 'float32' });

describe('verify', () => {
  it('returns a sound program', () => {
    const program = programOf('p', { y: add(x, 1) });
    expect(verify(program)).toBe(program);
  });

  it('finds a node that lies about its shape', () => {
    const liar = { ...add(x, 1), shape: [3] } as Node;
    expect(() => verify(programOf('p', { liar }))).toThrowErrorMatchingInlineSnapshot(`
      [ProgramError: program p, node add expected float32[2], got float32[3].

      Fix: build nodes with createNode or the builders, which apply the shape rules]
    `);
  });

  it('finds an undeclared leaf and an update that does not fit', () => {
    expect(() => verify({ ...programOf('p', { y: x }), inputs: {} })).toThrowErrorMatchingInlineSnapshot(`
      [ProgramError: program p expected a declared input 'x', got none.

      Fix: declare input 'x' float32[2]]
    `);
    const w = state('w', { shape: [3], dtype: 'float32' });
    expect(() => verify({ ...programOf('p', { w }), updates: { w: x } })).toThrowErrorMatchingInlineSnapshot(`
      [ProgramError: program p expected a declared input 'x', got none.

      Fix: declare input 'x' float32[2]]
    `);
    expect(() => verify({ ...programOf('p', { w }), updates: { v: w } })).toThrow(/declared state 'v'/);
  });
});

describe('programOf', () => {
  it('rejects one name for two specs', () => {
    const other = input('x', { shape: [3], dtype: 'float32' });
    expect(() => programOf('p', { x, other })).toThrowErrorMatchingInlineSnapshot(`
      [ProgramError: program p expected one spec for input 'x', got float32[2] and float32[3].

      Fix: give the two leaves different names]
    `);
  });
});

describe('defineProgram', () => {
  it('keeps leaves that nothing uses', () => {
    const program = defineProgram({
      name: 'p',
      inputs: { x, unused: x },
      build: ({ inputs }) => ({ outputs: { y: inputs.x } }),
    });
    expect(Object.keys(program.inputs)).toEqual(['x', 'unused']);
    expect(program.inputs.x).toMatchObject({ shape: [2], dtype: 'float32' });
  });
});
