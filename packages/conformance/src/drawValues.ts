import type { TensorData, TensorMap } from '@polyneuron/backend';
import { type DType, sizeOf, type TensorSpec } from '@polyneuron/graph';
import { testRandom } from '@polyneuron/testing';

/** Values for every spec by its name: `fixed` where it names one, else standard normal numbers; integers are 0. */
export function drawValues(
  specs: Readonly<Record<string, TensorSpec>>,
  seed: number,
  fixed: TensorMap = {},
): Record<string, TensorData> {
  const random = testRandom(seed);
  const draw: { readonly [K in DType]: (count: number) => TensorData } = {
    float32: (count) => Float32Array.from(random.normals(count)),
    int32: (count) => new Int32Array(count),
    bool: (count) => Uint8Array.from({ length: count }, () => random.integer(2)),
  };
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape, dtype }]) => [
      name,
      fixed[name] ?? draw[dtype](sizeOf(shape)),
    ]),
  );
}
