import { planProgram } from '@polyneuron/fusion';
import {
  add,
  defineProgram,
  einsum,
  gradient,
  mean,
  mul,
  type Program,
  simplify,
  square,
  sub,
  sum,
  tanh,
} from '@polyneuron/graph';
import { describe, expect, it } from 'vitest';
import { lowerPlan } from './lowerPlan.js';

const limits = { samplers: 16, targets: 4, textureSize: 2048 };
const spec = (...shape: number[]) => ({ shape, dtype: 'float32' as const });

/** Passes as sizes of targets, `width x height x layers`. */
function passesOf(program: Program): string[] {
  const { groups, buffers, layouts } = lowerPlan(planProgram(simplify(program), { lanes: false }), limits);
  return groups.flatMap(({ passes }) =>
    passes.map(({ targets }) =>
      targets
        .map((id) => {
          const { width, height, layers } = layouts[id];
          return `${buffers[id].name} ${width}x${height}x${layers}`;
        })
        .join(', '),
    ),
  );
}

describe('lowerPlan', () => {
  it('computes products and updates of weights by blocks, four rows to a texture', () => {
    const program = defineProgram({
      name: 'step',
      inputs: { x: spec(32, 28) },
      state: { v: spec(28, 64), w: spec(64, 28) },
      build: ({ inputs: { x }, state: { v, w } }) => {
        const y = einsum('bh,hi->bi', tanh(einsum('bi,ih->bh', x, v)), w);
        const loss = mean(square(sub(y, x)));
        const [dv, dw] = gradient(loss, [v, w]);
        return { outputs: { loss }, updates: { v: sub(v, dv), w: sub(w, dw) } };
      },
    });
    expect(passesOf(program)).toMatchInlineSnapshot(`
      [
        "tanh 16x8x4",
        "product 7x8x4",
        "mul 7x32x1, sub 7x32x1",
        "partial 4x2x1",
        "add 7x32x1",
        "loss 1x1x1",
        "mul 16x8x4",
        "v 16x7x4",
        "w 7x16x4",
      ]
    `);
  });

  it('leaves small and odd products to single rows', () => {
    const program = defineProgram({
      name: 'small',
      inputs: { x: spec(8, 6), v: spec(6, 10) },
      build: ({ inputs: { x, v } }) => ({ outputs: { y: tanh(einsum('bi,ih->bh', x, v)) } }),
    });
    expect(passesOf(program)).toMatchInlineSnapshot(`
      [
        "y 8x3x1",
      ]
    `);
  });

  it('keeps outputs row by row, so the product has a texture of its own', () => {
    const program = defineProgram({
      name: 'forward',
      inputs: { x: spec(32, 28), v: spec(28, 64) },
      build: ({ inputs: { x, v } }) => ({ outputs: { y: tanh(einsum('bi,ih->bh', x, v)) } }),
    });
    expect(passesOf(program)).toMatchInlineSnapshot(`
      [
        "product 16x8x4",
        "y 32x16x1",
      ]
    `);
  });

  it('updates a bias in the pass that ends the sum of its gradients, unless somebody reads the old one', () => {
    const bias = (isReadLater: boolean) =>
      defineProgram({
        name: 'bias',
        inputs: { x: spec(16, 5) },
        state: { b: spec(5) },
        build: ({ inputs: { x }, state: { b } }) => {
          const next = sub(b, sum(x, [0]));
          return {
            outputs: { y: isReadLater ? mul(add(x, next), b) : square(x) },
            updates: { b: next },
          };
        },
      });
    expect(passesOf(bias(false))).toMatchInlineSnapshot(`
      [
        "y 8x3x1",
        "b 2x1x1",
      ]
    `);
    expect(passesOf(bias(true))).toMatchInlineSnapshot(`
      [
        "sub 2x1x1",
        "y 8x3x1",
      ]
    `);
  });

  it('copies an operand once for several readers, until it is written', () => {
    const program = defineProgram({
      name: 'classifier',
      inputs: { x: spec(64, 64) },
      state: { w: spec(64, 10) },
      build: ({ inputs: { x }, state: { w } }) => {
        const y = einsum('bi,io->bo', x, w);
        const back = einsum('bo,io->bi', y, w);
        const next = einsum('bi,bo->io', back, y);
        return { outputs: { loss: mean(square(y)) }, updates: { w: sub(w, next) } };
      },
    });
    expect(passesOf(program)).toMatchInlineSnapshot(`
      [
        "straightened 16x10x1",
        "mul 16x10x1, einsum 16x10x1",
        "partial 4x2x1",
        "loss 1x1x1",
        "einsum 32x32x1",
        "straightened 32x32x1",
        "straightened 16x10x1",
        "w 16x10x1",
      ]
    `);
  });
});
