import { opSamples } from '@polyneuron/conformance';
import {
  add,
  concat,
  constant,
  defineProgram,
  div,
  einsum,
  exp,
  gather,
  gradient,
  gradientProgram,
  input,
  interpret,
  mean,
  mul,
  opNames,
  type Program,
  programOf,
  reduceMax,
  reshape,
  simplify,
  sizeOf,
  square,
  sub,
  sum,
  tanh,
  transpose,
} from '@polyneuron/graph';
import { expectClose, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { planProgram } from './planProgram.js';
import { runPlan } from './runPlan.js';

function expectSameAsInterpreter(
  program: Program,
  inputs: Record<string, ArrayLike<number>>,
  state: Record<string, ArrayLike<number>> = {},
): void {
  const simple = simplify(program);
  const zeros = Object.entries(simple.state).map(
    ([name, { shape }]) => [name, new Float64Array(sizeOf(shape))] as const,
  );
  const bound = { ...Object.fromEntries(zeros), ...state };
  const expected = interpret(simple, { inputs, state: bound });
  const actual = runPlan(planProgram(simple), inputs, bound);
  for (const [name, values] of Object.entries(expected.outputs))
    expectClose(actual.outputs[name], values, tolerances.float64.contraction(64));
  for (const [name, values] of Object.entries(expected.state))
    expectClose(actual.state[name], values, tolerances.float64.contraction(64));
}

const ones = (program: Program) =>
  Object.fromEntries(
    Object.entries(program.inputs)
      .filter(([name]) => name.includes('d:'))
      .map(([name, { shape }]) => [name, new Float64Array(shape.reduce((p, q) => p * q, 1)).fill(0.5)]),
  );

describe('planProgram', () => {
  it.each(opNames)('keeps the meaning of %s and of its derivatives', (op) => {
    for (const sample of opSamples[op]) {
      expectSameAsInterpreter(sample.program, sample.inputs);
      if (sample.order === 0) continue;
      const first = gradientProgram(sample.program);
      if (Object.keys(first.outputs).length === 0) continue;
      expectSameAsInterpreter(first, { ...sample.inputs, ...ones(first) });
      const second = gradientProgram(first);
      expectSameAsInterpreter(second, { ...sample.inputs, ...ones(second) });
    }
  });

  const spec = (...shape: number[]) => ({ shape, dtype: 'float32' as const });
  const ramp = (count: number) => Float64Array.from({ length: count }, (_, i) => Math.sin(i + 1));

  it('puts bias, activation, their derivatives and the update into epilogues', () => {
    const program = simplify(
      defineProgram({
        name: 'step',
        inputs: { x: spec(4, 5), y: spec(4, 3) },
        state: { w: spec(5, 3), b: spec(3) },
        build: ({ inputs: { x, y }, state: { w, b } }) => {
          const loss = mean(square(sub(tanh(add(einsum('bi,io->bo', x, w), b)), y)));
          const [dw, db] = gradient(loss, [w, b]);
          return { outputs: { loss }, updates: { w: sub(w, mul(dw, 0.1)), b: sub(b, mul(db, 0.1)) } };
        },
      }),
    );
    const plan = planProgram(program);
    // forward and its derivative; the loss and the bias gradient; the mean; the weight gradient with its update; the
    // bias update
    expect(plan.kernels.map(({ kind }) => kind)).toEqual([
      'contraction',
      'loop',
      'loop',
      'contraction',
      'loop',
    ]);
    expectSameAsInterpreter(program, { x: ramp(20), y: ramp(12) }, { w: ramp(15), b: ramp(3) });
  });

  it.each([8, 13])('runs a small network across lanes, batch %i', (batch) => {
    const program = simplify(
      defineProgram({
        name: 'small',
        inputs: { count: spec(), x: spec(batch, 3), rows: { shape: [batch], dtype: 'int32' } },
        state: { w: spec(3, 3), b: spec(3), k: spec(3, 1), targets: spec(20, 1) },
        build: ({ inputs: { count, x, rows }, state: { w, b, k, targets } }) => {
          const crossed = add(mul(x, add(einsum('bi,io->bo', x, w), b)), x);
          const y = einsum(
            'bi,io->bo',
            concat([crossed, reduceMax(crossed, 1, { keepDims: true })], 1),
            concat([k, constant([1], [1, 1])], 0),
          );
          const loss = div(sum(square(sub(y, gather(targets, rows)))), count);
          const [dw, db, dk] = gradient(loss, [w, b, k]);
          return { outputs: { loss, y }, updates: { w: sub(w, dw), b: sub(b, db), k: sub(k, dk) } };
        },
      }),
    );
    expect(planProgram(program).kernels.filter(({ kind }) => kind === 'lanes')).toHaveLength(1);
    const rows = Int32Array.from({ length: batch }, (_, i) => (7 * i) % 20);
    expectSameAsInterpreter(
      program,
      { count: [batch], x: ramp(3 * batch), rows },
      { w: ramp(9), b: ramp(3), k: ramp(3), targets: ramp(20) },
    );
  });

  it('computes all updates from the old state', () => {
    const state = { a: spec(4), b: spec(4), c: spec(2, 2) };
    const program = defineProgram({
      name: 'swap',
      state,
      build: ({ state: { a, b, c } }) => ({
        outputs: { old: a },
        updates: { a: b, b: add(a, 1), c: add(transpose(c), reshape(a, [2, 2])) },
      }),
    });
    expectSameAsInterpreter(program, {}, { a: ramp(4), b: ramp(8).slice(4), c: ramp(4) });
  });

  it('does not overwrite state that a later kernel reads', () => {
    const program = defineProgram({
      name: 'late',
      inputs: { x: spec(3, 3) },
      state: { w: spec(3, 3) },
      build: ({ inputs: { x }, state: { w } }) => ({
        outputs: { y: einsum('ij,jk->ik', einsum('ij,jk->ik', x, x), w) },
        updates: { w: add(w, x) },
      }),
    });
    expectSameAsInterpreter(program, { x: ramp(9) }, { w: ramp(9) });
  });

  it('plans a chain deeper than the call stack', () => {
    let y = input('x', spec(2));
    for (let i = 0; i < 20_000; i++) y = mul(y, 1.0000001);
    expect(planProgram(programOf('deep', { y })).kernels.length).toBeGreaterThan(0);
  });

  it('shares scratch memory only between values that do not live together', () => {
    const x = input('x', spec(6, 7));
    const shifted = exp(sub(x, reduceMax(x, 1, { keepDims: true })));
    const softmax = div(shifted, sum(shifted, 1, { keepDims: true }));
    const program = programOf('softmax', {
      y: softmax,
      z: einsum('bi,bj->ij', softmax, add(x, constant(1))),
    });
    expectSameAsInterpreter(program, { x: ramp(42) });
  });
});
