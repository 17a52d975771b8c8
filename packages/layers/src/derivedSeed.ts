import { initialValues } from '@polyneuron/kernels';

/**
 * A whole number that `seed` and `path` determine: different paths of one seed get unrelated ones.
 *
 * It stays within 2^24, which the float32 of `initialValues` holds exactly.
 */
export function derivedSeed(seed: number, path: string): number {
  const [draw] = initialValues(
    { shape: [1], initializer: { kind: 'uniform', min: 0, max: 2 ** 24 } },
    seed,
    path,
  );
  return Math.floor(draw);
}
