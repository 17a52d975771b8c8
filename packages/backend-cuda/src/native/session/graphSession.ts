import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DType, Shape } from '@polyneuron/graph';
import { servingTag } from '../graph/graphMessages.js';
import type { GraphCall } from '../graph/programGraph.js';
import type { Bytes } from '../graph/wire.js';
import { type BindingValues, type TensorflowBinding, typeNumber } from './binding.js';
import { TensorflowError } from './tensorflowError.js';

/** A tensor to feed. */
export interface FedTensor {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly data: BindingValues;
}

/** One graph in a TensorFlow session of its own: variables live as long as it does. */
export class GraphSession {
  readonly #binding: TensorflowBinding;
  readonly #id: number;

  readonly #program: string;

  constructor(binding: TensorflowBinding, program: string, savedModel: Bytes) {
    this.#binding = binding;
    this.#program = program;
    this.#id = this.#guarded(() => load(binding, savedModel));
  }

  /**
   * Runs what the fetches of a call need, and returns them in order.
   *
   * Throws   TensorflowError
   */
  call({ feeds, fetches }: GraphCall, fed: readonly FedTensor[]): BindingValues[] {
    const binding = this.#binding;
    const held: number[] = [];
    try {
      for (const { shape, dtype, data } of fed)
        held.push(binding.createTensor([...shape], typeNumber(binding, dtype), data));
      const results = this.#guarded(() =>
        binding.runSavedModel(this.#id, held, feeds.join(','), fetches.join(',')),
      );
      held.push(...results.map(({ id }) => id));
      return results.map(({ id }) => binding.tensorDataSync(id));
    } finally {
      for (const id of held) binding.deleteTensor(id);
    }
  }

  dispose(): void {
    this.#binding.deleteSavedModel(this.#id);
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      throw new TensorflowError(this.#program, cause);
    }
  }
}

/** The binding takes graphs from files only: this one is there for as long as TensorFlow reads it. */
function load(binding: TensorflowBinding, savedModel: Bytes): number {
  const directory = mkdtempSync(join(tmpdir(), 'polyneuron-graph-'));
  try {
    writeFileSync(join(directory, 'saved_model.pb'), savedModel);
    return binding.loadSavedModel(directory, servingTag);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
