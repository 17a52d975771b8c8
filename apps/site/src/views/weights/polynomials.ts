/** T_0 .. T_degree at t, by T_{d+1} = 2 t T_d - T_{d-1}. */
export function chebyshevValues(degree: number, t: number): readonly number[] {
  const values = [1, t];
  for (let d = 2; d <= degree; d++) values.push(2 * t * values[d - 1] - values[d - 2]);
  return values.slice(0, degree + 1);
}

/** 1, t, .., t^degree. */
export function powerValues(degree: number, t: number): readonly number[] {
  return Array.from({ length: degree + 1 }, (_, power) => t ** power);
}

/** Σ_d coefficients[d] basis(t)[d] at `count` even places of [-1, 1]. */
export function curveOf(
  coefficients: readonly number[],
  basis: (degree: number, t: number) => readonly number[],
  count = 65,
): readonly number[] {
  return Array.from({ length: count }, (_, at) => {
    const values = basis(coefficients.length - 1, -1 + (2 * at) / (count - 1));
    return coefficients.reduce((sum, coefficient, degree) => sum + coefficient * values[degree], 0);
  });
}
