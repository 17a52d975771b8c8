/** @file Reductions whose last pass also computes what is made of them, and those where it must not. */
import { drawValues } from '@polyneuron/conformance';
import {
  add,
  cast,
  defineProgram,
  div,
  einsum,
  exp,
  mean,
  mul,
  type Program,
  reduceMax,
  sqrt,
  square,
  sub,
  sum,
} from '@polyneuron/graph';
import { tolerances } from '@polyneuron/testing';
import { conform, type Findings } from './backends.js';

const spec = (...shape: number[]) => ({ shape, dtype: 'float32' as const });
const long = 1000;

const programs: readonly Program[] = [
  defineProgram({
    name: 'a sum, and what is made of it',
    inputs: { x: spec(long, 3) },
    build: ({ inputs: { x } }) => {
      const total = sum(x, [0]);
      return { outputs: { total, mean: div(total, long), all: sqrt(mean(square(x))) } };
    },
  }),
  defineProgram({
    name: 'biases and weights by their gradients',
    inputs: { x: spec(long, 3) },
    state: { w: spec(3, 3), b: spec(3), count: { shape: [], dtype: 'int32' } },
    build: ({ inputs: { x }, state: { w, b, count } }) => {
      const y = add(mul(x, add(einsum('bi,io->bo', x, w), b)), x);
      const dw = einsum('bi,bo->io', x, y);
      const db = sum(y, [0]);
      return {
        outputs: { loss: mean(square(y)), old: mul(b, 2) },
        updates: {
          w: sub(w, mul(dw, 1e-4)),
          b: sub(b, mul(db, 1e-4)),
          count: add(count, sum(cast(exp(mul(x, 0)), 'int32'))),
        },
      };
    },
  }),
  defineProgram({
    name: 'state that is read after its own sum',
    inputs: { x: spec(16, 5) },
    state: { b: spec(5) },
    build: ({ inputs: { x }, state: { b } }) => {
      const next = div(sum(mul(x, b), [0]), 16);
      return { outputs: { shifted: add(x, b), scaled: mul(add(x, next), b) }, updates: { b: next } };
    },
  }),
  defineProgram({
    name: 'one sum of another, and a maximum',
    inputs: { x: spec(24, 12) },
    build: ({ inputs: { x } }) => {
      const highest = reduceMax(x, [1]);
      const centred = sub(mean(x, [1]), 1);
      return { outputs: { highest: mul(highest, 2), spread: mean(square(centred)), centred } };
    },
  }),
];

/** Values and states of reductions against the float64 interpreter. */
export const foldConformance = (): Promise<Findings> =>
  conform(
    'webgl',
    programs.map((program) => ({
      title: program.name,
      program,
      inputs: [drawValues(program.inputs, 11)],
      state: drawValues(program.state, 12),
      tolerance: tolerances.float32.contraction(long),
    })),
  );
