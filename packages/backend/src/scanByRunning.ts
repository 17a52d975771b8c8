import { type Program, sizeOf } from '@polyneuron/graph';
import { checkScanInputs } from './checkInputs.js';
import type { Executable, TensorData, TensorMap } from './contract.js';
import { allocateData } from './tensorData.js';

/**
 * `scan` for a backend without a loop of its own: runs step by step and stacks the outputs.
 *
 * When a step fails, the error leaves as it is and the state is that after the last whole step.
 */
export async function scanByRunning(
  executable: Pick<Executable, 'program' | 'run' | 'runSync'>,
  steps: number,
  inputs: TensorMap,
): Promise<TensorMap> {
  const { program } = executable;
  checkScanInputs(program, steps, inputs);
  const stacked = new Map<string, TensorData>();
  for (let step = 0; step < steps; step++) {
    const fed = inputsOfStep(program, step, inputs);
    const outputs = executable.runSync ? executable.runSync(fed) : await executable.run(fed);
    for (const name in outputs) {
      if (!stacked.has(name)) stacked.set(name, allocateLike(outputs[name], steps));
      stacked.get(name)?.set(outputs[name], step * outputs[name].length);
    }
  }
  if (steps === 0)
    for (const [name, node] of Object.entries(program.outputs))
      stacked.set(name, allocateData(node.dtype, 0));
  return Object.fromEntries(stacked);
}

/** Views of what one step is fed; nothing is copied. */
export function inputsOfStep(program: Program, step: number, inputs: TensorMap): TensorMap {
  const fed = Object.entries(program.inputs).map(([name, { shape }]) => {
    const size = sizeOf(shape);
    return [name, inputs[name].subarray(step * size, (step + 1) * size)] as const;
  });
  return Object.fromEntries(fed);
}

function allocateLike(sample: TensorData, steps: number): TensorData {
  const Kind = sample.constructor as new (length: number) => TensorData;
  return new Kind(sample.length * steps);
}
