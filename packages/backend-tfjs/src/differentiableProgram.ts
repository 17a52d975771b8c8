import { gradientProgram, type Program } from '@polyneuron/graph';
import { engine, type Tensor, zeros } from '@tensorflow/tfjs-core';
import { runProgram, type TensorRecord } from './tensorExecutable.js';

export interface DifferentiableOptions {
  /**
   * Inputs whose cotangents one gradient program computes together; each of the others gets a program of its own when
   * it is asked for. Name the parameters alone where the rest is data. default: every float32 input
   */
  readonly wrt?: readonly string[];
}

/**
 * Runs a stateless program as one op on the tfjs tape. Its gradient is the gradient program, run the same way, so that
 * `tf.grad` of `tf.grad` is right to any order, where stock tfjs throws or, for x·sigmoid(x), is silently wrong.
 *
 * Inputs are saved for the backward pass, outputs are not: a saved output is a constant to tfjs, which is how its own
 * second derivatives go wrong. Integer and boolean inputs get zero gradients.
 */
export function differentiableProgram(
  program: Program,
  inputs: TensorRecord,
  options: DifferentiableOptions = {},
): Record<string, Tensor> {
  const names = Object.keys(program.inputs);
  const outputNames = Object.keys(program.outputs);
  const outputs = tapeOf(engine()).runKernelFunc({
    inputs: Object.fromEntries(names.map((name) => [name, inputs[name]])),
    forwardFunc: (_, save) => {
      save(names.map((name) => inputs[name]));
      const results = runProgram(program, inputs);
      return outputNames.map((name) => results[name]);
    },
    backwardsFunc: (dys, saved) => {
      const cotangents = Array.isArray(dys) ? dys : [dys];
      const leaves = Object.fromEntries(names.map((name, at) => [name, saved[at]]));
      const seeds = Object.fromEntries(
        outputNames.flatMap((name, at) =>
          isFloat(program.outputs[name]) ? [[`d:${name}`, cotangents[at]]] : [],
        ),
      );
      return gradientsOf(program, { ...leaves, ...seeds }, options);
    },
  });
  return Object.fromEntries(outputNames.map((name, at) => [name, outputs[at]]));
}

/** A function per input that returns its gradient, as tfjs asks only for those on the way to its variables. */
function gradientsOf(
  program: Program,
  leavesAndSeeds: TensorRecord,
  { wrt }: DifferentiableOptions,
): Record<string, () => Tensor> {
  const floats = Object.keys(program.inputs).filter((name) => isFloat(program.inputs[name]));
  const group = floats.filter((name) => wrt?.includes(name) ?? true);
  const run = (names: readonly string[]) =>
    differentiableProgram(cachedGradient(program, names), leavesAndSeeds);
  // Outside the functions: tfjs runs each in a tidy of its own, which would dispose the results of the others
  const together = group.length > 0 ? run(group) : {};
  const entries = Object.entries(program.inputs).map(([name, { shape }]) => {
    if (!floats.includes(name)) return [name, () => zeros([...shape])] as const;
    return [name, () => together[`d:${name}`] ?? run([name])[`d:${name}`]] as const;
  });
  return Object.fromEntries(entries);
}

const isFloat = ({ dtype }: { readonly dtype: string }) => dtype === 'float32';

/** Gradient programs by the program and the inputs, so that their printed form is made once. */
const gradients = new WeakMap<Program, Map<string, Program>>();

function cachedGradient(program: Program, names: readonly string[]): Program {
  const known = gradients.get(program) ?? new Map<string, Program>();
  gradients.set(program, known);
  const key = names.join('\n');
  const made = known.get(key) ?? gradientProgram(program, names);
  known.set(key, made);
  return made;
}

/**
 * The engine's entry for ops with their own gradient. `tf.customGrad` wraps it, but for one output only; gradient
 * programs have one per input. Declared private in 4.22, the last release.
 */
interface Tape {
  runKernelFunc(params: {
    readonly inputs: Record<string, Tensor>;
    readonly forwardFunc: (backend: unknown, save: (tensors: Tensor[]) => void) => Tensor[];
    readonly backwardsFunc: (dys: Tensor | Tensor[], saved: Tensor[]) => Record<string, () => Tensor>;
  }): Tensor[];
}

function tapeOf(owner: unknown): Tape {
  return owner as Tape;
}
