/** One figure over several seeds, as plain data. */
export interface Spread {
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  /** One per seed, in their order. */
  readonly values: readonly number[];
}

export function spreadOf(values: readonly number[]): Spread {
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    min: Math.min(...values),
    max: Math.max(...values),
    values,
  };
}
