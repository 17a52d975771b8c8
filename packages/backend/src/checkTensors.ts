/** @file The checks of programs that run on the tensors of a tfjs backend, in place. */
import {
  type DType,
  formatSpec,
  isSameShape,
  type Program,
  ProgramError,
  ShapeError,
} from '@polyneuron/graph';

/** What a tensor of tfjs says of itself. */
interface TensorDescription {
  readonly shape: readonly number[];
  readonly dtype: string;
}

/**
 * Tensors live only while a kernel runs, so such a program keeps nothing.
 *
 * `device` is named in the error, `factory` makes the backend that does keep state.
 *
 * Throws   ProgramError if the program has state
 */
export function requireStateless(
  { name, state }: Program,
  { device, factory }: { readonly device: string; readonly factory: string },
): void {
  const stateNames = Object.keys(state);
  if (stateNames.length === 0) return;
  throw new ProgramError({
    subject: `program '${name}' on ${device}`,
    expected: 'a program without state',
    received: `state ${stateNames.map((entry) => `'${entry}'`).join(', ')}`,
    fix: `make the state inputs and the updates outputs, or compile with ${factory}`,
  });
}

/** Throws ShapeError unless the tensor is there and has the shape and dtype of the input. */
export function checkTensor<T extends TensorDescription>(
  program: Program,
  name: string,
  tensor: T | undefined,
): T {
  const spec = program.inputs[name];
  if (tensor && tensor.dtype === spec.dtype && isSameShape(tensor.shape, spec.shape)) return tensor;
  throw new ShapeError({
    subject: `program '${program.name}'`,
    expected: `input '${name}' ${formatSpec(spec)}`,
    received: tensor ? formatSpec({ shape: tensor.shape, dtype: tensor.dtype as DType }) : 'no tensor',
    fix: 'shapes are static: build the program for these shapes, or reshape and cast the tensor',
  });
}
