/** @file Contractions large enough to go by blocks, whose operands and results lie in textures by rows and in layers. */
import type { ConformanceCase } from '@polyneuron/conformance';
import {
  add,
  defineProgram,
  einsum,
  gradient,
  gradientProgram,
  mean,
  mul,
  type Node,
  type Program,
  patches,
  type Shape,
  sizeOf,
  square,
  sub,
  type TensorSpec,
  tanh,
} from '@polyneuron/graph';
import { testRandom, tolerances } from '@polyneuron/testing';
import { conform, type Findings } from './backends.js';

const { float32 } = tolerances;
const spec = (...shape: number[]) => ({ shape, dtype: 'float32' as const });

type Case = Pick<ConformanceCase, 'title' | 'program' | 'tolerance'>;

/** Operands as they lie and transposed, over extents that fill blocks, rows of textures and texels, and do not. */
function* products(): Generator<Case> {
  const specs = ['ik,kj->ij', 'ik,jk->ij', 'ki,kj->ij', 'ki,jk->ij', 'bik,bkj->bij', 'bik,kj->bij'];
  const sizes = [
    { i: 32, j: 24, k: 16 },
    { i: 37, j: 64, k: 12 },
    { i: 64, j: 10, k: 64 },
    { i: 64, j: 64, k: 10 },
  ];
  for (const text of specs)
    for (const size of sizes) {
      const [a, b] = text.split(/,|->/).map((labels) => shapeOf(labels, { ...size, b: 3 }));
      for (const kept of [false, true]) yield product(text, a, b, kept, size.k);
    }
}

const shapeOf = (labels: string, extents: Readonly<Record<string, number>>): number[] =>
  [...labels].map((label) => extents[label]);

/** Operands are inputs, or computed and kept in memory before, as activations are. */
function product(text: string, a: Shape, b: Shape, isComputed: boolean, depth: number): Case {
  const prepare = (x: Node) => (isComputed ? mul(x, 2) : x);
  const program = defineProgram({
    name: text,
    inputs: { a: spec(...a), b: spec(...b) },
    build: ({ inputs }) => {
      const [left, right] = [prepare(inputs.a), prepare(inputs.b)];
      const y = einsum(text, left, right);
      return { outputs: { y, shifted: add(mul(y, 0.5), 1) } };
    },
  });
  return {
    title: `${text} of ${a} and ${b}${isComputed ? ', computed' : ''}`,
    program,
    tolerance: float32.contraction(depth),
  };
}

/** Two layers and their gradients; weights are state that the step itself changes, with and without momentum. */
function* steps(): Generator<Case> {
  for (const hasMomentum of [false, true])
    for (const [batch, inputs, hidden] of [
      [32, 28, 64],
      [40, 64, 36],
    ])
      yield {
        title: `step of ${[batch, inputs, hidden]}, momentum: ${hasMomentum}`,
        program: stepOf(batch, inputs, hidden, hasMomentum),
        tolerance: float32.trainingRun,
      };
}

function stepOf(batch: number, inputs: number, hidden: number, hasMomentum: boolean): Program {
  const weights = { v: spec(inputs, hidden), w: spec(hidden, inputs) };
  const momenta = { mv: weights.v, mw: weights.w };
  const state: Record<string, TensorSpec> = hasMomentum ? { ...weights, ...momenta } : weights;
  return defineProgram({
    name: 'step',
    inputs: { x: spec(batch, inputs) },
    state,
    build: ({ inputs: { x }, state: { v, w, mv, mw } }): Pick<Program, 'outputs' | 'updates'> => {
      const y = einsum('bh,hi->bi', tanh(einsum('bi,ih->bh', x, v)), w);
      const loss = mean(square(sub(y, x)));
      const [dv, dw] = gradient(loss, [v, w]);
      if (!hasMomentum) return { outputs: { loss, y }, updates: { v: sub(v, dv), w: sub(w, dw) } };
      const [nextV, nextW] = [add(mul(mv, 0.9), dv), add(mul(mw, 0.9), dw)];
      return { outputs: { loss }, updates: { v: sub(v, nextV), w: sub(w, nextW), mv: nextV, mw: nextW } };
    },
  });
}

/** State that changes places, and a product that is both an update and an output. */
function* copies(): Generator<Case> {
  yield {
    title: 'state that moves',
    program: defineProgram({
      name: 'moves',
      inputs: { x: spec(32, 16) },
      state: { a: spec(32, 64), b: spec(32, 64), w: spec(16, 64) },
      build: ({ inputs: { x }, state: { a, b, w } }) => {
        const y = einsum('bi,io->bo', x, w);
        return { outputs: { sum: add(a, b) }, updates: { a: y, b: a, w: mul(w, 0.5) } };
      },
    }),
    tolerance: float32.contraction(16),
  };
}

/** Convolutions, whose rows are three axes and whose depth is three more. */
function* convolutions(): Generator<Case> {
  const forward = defineProgram({
    name: 'convolution',
    inputs: { x: spec(2, 9, 8, 4), w: spec(3, 3, 4, 8) },
    build: ({ inputs: { x, w } }) => {
      const border = [1, 1] as const;
      const windows = patches(x, [3, 3], { padding: [border, border] });
      return { outputs: { y: einsum('bhwijc,ijco->bhwo', windows, w) } };
    },
  });
  yield { title: 'convolution', program: forward, tolerance: float32.contraction(36) };
  yield {
    title: 'gradient of a convolution',
    program: gradientProgram(forward),
    tolerance: float32.gradient,
  };
}

export async function blockConformance(): Promise<Findings> {
  return conform('webgl', cases());
}

function* cases(): Generator<ConformanceCase> {
  for (const make of [products, steps, copies, convolutions])
    for (const { title, program, tolerance } of make()) {
      const random = testRandom(7);
      const draw = (specs: Program['inputs']) =>
        Object.fromEntries(
          Object.entries(specs).map(([name, { shape }]) => [
            name,
            Float32Array.from(random.normals(sizeOf(shape)), (value) => value / 4),
          ]),
        );
      yield { title, program, inputs: [draw(program.inputs)], state: draw(program.state), tolerance };
    }
}
