import type { TensorMap } from '@polyneuron/backend';
import { type OpName, opInfo, type Program, sizeOf } from '@polyneuron/graph';
import { type Tolerance, tolerances } from '@polyneuron/testing';
import type { DerivativeCase } from './conformanceCase.js';
import { opSamples } from './opSamples.js';
import { derivativesOf } from './programForms.js';

const { exact, elementwise, transcendental, contraction, gradient, secondDerivative } = tolerances.float32;

const transcendentals: readonly OpName[] = [
  'exp',
  'expm1',
  'log',
  'log1p',
  'sin',
  'cos',
  'tanh',
  'sigmoid',
  'erf',
  'pow',
];

/** Samples sum at most 72 products. */
function valueTolerance(op: OpName): Tolerance {
  if (transcendentals.includes(op)) return transcendental;
  // Literals are rounded to float32
  if (op === 'constant') return elementwise;
  const { kind } = opInfo[op];
  if (kind === 'contraction' || kind === 'reduction' || op === 'scatterAdd') return contraction(72);
  return kind === 'elementwise' ? elementwise : exact;
}

/** Every sample of an op, its gradient and the gradient's gradient, each a case of one step. */
export function opCases(op: OpName): DerivativeCase[] {
  const bounds = [valueTolerance(op), gradient, secondDerivative];
  return opSamples[op].flatMap(({ name, program: sample, inputs, order }) =>
    derivativesOf(sample, order).map((program, at) => ({
      title: `${op} ${name}, order ${at}`,
      order: at,
      program,
      inputs: [{ ...inputs, ...cotangents(program) }],
      tolerance: bounds[at],
    })),
  );
}

const cotangents = (program: Program): TensorMap =>
  Object.fromEntries(
    Object.entries(program.inputs)
      .filter(([name]) => name.startsWith('d:'))
      .map(([name, { shape }]) => [
        name,
        Float32Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(i + name.length)),
      ]),
  );
