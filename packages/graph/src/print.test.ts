import { describe, expect, it } from 'vitest';
import { einsum } from './build/contract.js';
import { constant, input } from './build/create.js';
import { add, mul } from './build/elementwise.js';
import { patches } from './build/indexing.js';
import { print } from './print.js';
import { defineProgram, programOf } from './program.js';

const ramp = (count: number, last = count - 1) =>
  Array.from({ length: count }, (_, i) => (i === count - 1 ? last : i));

describe('print', () => {
  it('shows leaves, nodes, outputs and updates', () => {
    const program = defineProgram({
      name: 'step',
      inputs: { x: { shape: [4, 3], dtype: 'float32' } },
      state: { w: { shape: [3, 2], dtype: 'float32' } },
      build: ({ inputs: { x }, state: { w } }) => ({
        outputs: { y: einsum('bi,io->bo', x, w) },
        updates: { w: mul(w, 0.5) },
      }),
    });
    expect(print(program)).toMatchInlineSnapshot(`
      "program step
        input x : float32[4,3]
        state w : float32[3,2]
        %0 = input x : float32[4,3]
        %1 = state w : float32[3,2]
        %2 = einsum %0, %1 spec=bi,io->bo : float32[4,2]
        %3 = constant 0.5 : float32[3,2]
        %4 = mul %1, %3 : float32[3,2]
        output y = %2
        update w = %4"
    `);
  });

  it('does not depend on how the graph was built, only on what it is', () => {
    const build = () =>
      programOf('p', { y: add(input('x', { shape: [2], dtype: 'float32' }), constant([1, 2], [2])) });
    expect(print(build())).toBe(print(build()));
  });

  it('tells long literals apart', () => {
    const text = (last: number) => print(programOf('p', { y: constant(ramp(1000, last), [1000]) }));
    expect(text(999)).toBe(text(999));
    expect(text(999)).not.toBe(text(998));
    expect(text(0)).not.toBe(text(-0));
  });

  it('shows windows whole', () => {
    const x = input('x', { shape: [1, 4, 4, 1], dtype: 'float32' });
    expect(
      print(
        programOf('p', {
          y: patches(x, [3, 3], {
            padding: [
              [1, 0],
              [0, 1],
            ],
          }),
        }),
      ),
    ).toContain(
      'patches %0 window=[3,3] strides=[1,1] dilations=[1,1] padding=[[1,0],[0,1]] : float32[1,3,3,3,3,1]',
    );
  });
});
