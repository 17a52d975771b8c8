import type { Executable } from '@polyneuron/backend';
import { sizeOf } from '@polyneuron/graph';
import type { StateValues } from '../training/weightMirror.js';
import type { OptimizerLink } from './optimizerLink.js';
import { learningRateName, type WeightStep } from './optimizerPlan.js';

/** What an optimizer of ours has learnt about one model. */
interface Memory {
  readonly model: object;
  readonly values: StateValues;
}

/** By the options object that the user passes: the same object goes on, another one starts afresh. */
const memories = new WeakMap<object, Memory>();

/** The state of an optimizer that tfjs lacks; it lives as long as the options object that asked for it. */
export class MemoryOptimizerLink implements OptimizerLink {
  readonly stateNames: readonly string[];
  private readonly owner: object;
  private readonly model: object;
  private readonly kept: WeightStep['state'];
  private readonly learningRate: number;

  constructor(owner: object, model: object, kept: WeightStep['state'], learningRate: number) {
    this.owner = owner;
    this.model = model;
    this.kept = kept;
    this.stateNames = Object.keys(kept);
    this.learningRate = learningRate;
  }

  async load(executable: Executable): Promise<void> {
    const memory = memories.get(this.owner);
    for (const [name, { spec, initialValue }] of Object.entries(this.kept)) {
      const size = sizeOf(spec.shape);
      const known = memory?.model === this.model ? memory.values.get(name) : undefined;
      const fresh = spec.dtype === 'int32' ? new Int32Array(size) : new Float32Array(size);
      executable.write(name, known?.length === size ? known : fresh.fill(initialValue));
    }
    if (learningRateName in executable.program.state)
      executable.write(learningRateName, Float32Array.of(this.learningRate));
  }

  /** Fixed for the whole call: what changes over steps is a schedule. */
  uploadLearningRate(): void {}

  save(values: StateValues): void {
    const own = this.stateNames.flatMap((name) =>
      values.has(name) ? [[name, values.get(name)] as const] : [],
    );
    memories.set(this.owner, { model: this.model, values: new Map(own) as StateValues });
  }
}
