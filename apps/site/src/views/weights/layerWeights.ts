import type { ContestantInfo } from '../../protocol/messages.js';

/** A tensor of a layer, read in place from the packed weights of a frame. */
export interface WeightTensor {
  /** What 'edit' asks for. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** The weights of one layer of the settings, by the name of their parameter. */
export interface LayerWeights {
  /** Inputs of the layer. */
  readonly inputs: number;
  readonly units: number;
  readonly inputNames: readonly string[];
  readonly isFirst: boolean;
  readonly activation: string;
  readonly tensors: Readonly<Record<string, WeightTensor>>;
}

/** The weights of layer `at` of a contestant. */
export function layerWeights(
  { layers, weights }: ContestantInfo,
  packed: Float32Array,
  at: number,
  networkInputs: readonly string[],
): LayerWeights {
  const inputs = at === 0 ? networkInputs.length : layers[at - 1].units;
  const own = weights.filter(({ layer }) => layer === at);
  return {
    inputs,
    units: layers[at].units,
    inputNames: at === 0 ? networkInputs : Array.from({ length: inputs }, (_, unit) => `h${unit + 1}`),
    isFirst: at === 0,
    activation: layers[at].activation,
    tensors: Object.fromEntries(
      own.map(({ name, shape, offset, count }) => [
        name.slice(name.indexOf('/') + 1),
        { name, shape, values: packed.subarray(offset, offset + count) },
      ]),
    ),
  };
}

/** Place of S_ij, i <= j, in a triangle stored in the order (0,0), (0,1), ..., (1,1), ...; `n` inputs. */
export function triangleIndex(i: number, j: number, n: number): number {
  const [low, high] = i <= j ? [i, j] : [j, i];
  return low * n - (low * (low - 1)) / 2 + (high - low);
}

/** Largest size of the given values, 0 where there are none. */
export function largestSize(...groups: readonly ArrayLike<number>[]): number {
  let most = 0;
  for (const group of groups)
    for (let at = 0; at < group.length; at++) most = Math.max(most, Math.abs(group[at]));
  return most;
}
