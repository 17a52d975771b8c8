import type { Executable, TensorData } from '@polyneuron/backend';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import type { TracedWeight } from '../model/tracedModel.js';
import { readWeights } from '../training/weightMirror.js';
import { startName } from './optimizerPlan.js';

/** Where the weights of one model were when the first fit with these groups began. */
interface Memory {
  readonly model: object;
  readonly values: Map<LayerVariable, TensorData>;
}

/** By the groups object that the user passes: the same object keeps the starts, another one takes new ones. */
const memories = new WeakMap<object, Memory>();

/** Uploads what the decay of weights with a random law pulls towards. */
export async function loadStarts(
  executable: Executable,
  owner: object,
  model: object,
  trained: readonly TracedWeight[],
): Promise<void> {
  const decayed = trained.filter((weight) => startName(weight) in executable.program.state);
  if (decayed.length === 0) return;
  const known = memories.get(owner);
  const memory = known?.model === model ? known : { model, values: new Map<LayerVariable, TensorData>() };
  memories.set(owner, memory);
  const current = await readWeights({ weights: decayed });
  for (const weight of decayed) {
    const start = memory.values.get(weight.variable) ?? (current.get(weight.state) as TensorData);
    memory.values.set(weight.variable, start);
    executable.write(startName(weight), start);
  }
}
