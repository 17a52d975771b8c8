import type { Executable, TensorData } from '@polyneuron/backend';
import { type Tensor, tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import type { TracedModel, TracedWeight } from '../model/tracedModel.js';

/** State of an executable, in memory, by name. */
export type StateValues = Map<string, TensorData>;

export async function readState(executable: Executable, names: readonly string[]): Promise<StateValues> {
  const values = await Promise.all(names.map(async (name) => [name, await executable.read(name)] as const));
  return new Map(values);
}

export function writeState(executable: Executable, values: StateValues): void {
  for (const [name, data] of values) executable.write(name, data);
}

/** Current values of the model's variables, by state name. */
export async function readWeights({ weights }: Pick<TracedModel, 'weights'>): Promise<StateValues> {
  // tfjs may hand out its own buffer: a later assignment must not change what was read.
  const values = await Promise.all(
    weights.map(
      async ({ state, variable }) => [state, (await variable.read().data()).slice() as TensorData] as const,
    ),
  );
  return new Map(values);
}

/** Puts values into a variable, past `LayerVariable.write`, which would apply constraints once more. */
export function assignVariable(variable: Tensor, data: TensorData): void {
  tidy(() => {
    const values = data instanceof Float64Array ? Float32Array.from(data) : data.slice();
    (variable as Variable).assign(tensor(values, variable.shape, variable.dtype as 'float32'));
  });
}

/**
 * Keeps a model's variables and an executable's state equal in both directions: results go out to the model where the
 * user's code may look, and what that code assigned comes back in.
 */
export class WeightMirror {
  private readonly weights: readonly TracedWeight[];
  /** tfjs's ids of the values that the executable holds: an assignment gives a variable another one. */
  private readonly known = new Map<string, object>();

  constructor({ weights }: TracedModel) {
    this.weights = weights;
  }

  get names(): string[] {
    return this.weights.map(({ state }) => state);
  }

  /** Model to executable: every variable that was assigned since the last exchange. */
  async upload(executable: Executable): Promise<void> {
    const changed = this.weights.filter(
      ({ state, variable }) => this.known.get(state) !== variable.read().dataId,
    );
    writeState(executable, await readWeights({ weights: changed }));
    this.remember(changed);
  }

  /** Values to the model, but not over what someone else assigned meanwhile: the next upload takes that in. */
  assign(values: StateValues): void {
    const assigned = this.weights.filter(
      ({ state, variable }) =>
        values.has(state) && [undefined, variable.read().dataId].includes(this.known.get(state)),
    );
    for (const { state, variable } of assigned)
      assignVariable(variable.read(), values.get(state) as TensorData);
    this.remember(assigned);
  }

  private remember(weights: readonly TracedWeight[]): void {
    for (const { state, variable } of weights) this.known.set(state, variable.read().dataId);
  }
}
