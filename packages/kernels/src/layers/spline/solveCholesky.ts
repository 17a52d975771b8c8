import { InternalError } from '@polyneuron/graph';

/**
 * X of A X = B for a symmetric positive definite A, by A = L Lᵀ.
 *
 * Shapes   matrix [size, size], rightSides [size, columns] row-major → [size, columns]
 * Throws   InternalError when a pivot is not positive
 */
export function solveCholesky(
  matrix: Float64Array,
  rightSides: Float64Array,
  size: number,
  columns: number,
): Float64Array {
  const lower = factorize(matrix, size);
  const solution = Float64Array.from(rightSides);
  const subtract = (row: number, other: number, factor: number) => {
    for (let column = 0; column < columns; column++)
      solution[row * columns + column] -= factor * solution[other * columns + column];
  };
  const divide = (row: number) => {
    for (let column = 0; column < columns; column++)
      solution[row * columns + column] /= lower[row * size + row];
  };
  for (let row = 0; row < size; row++) {
    for (let other = 0; other < row; other++) subtract(row, other, lower[row * size + other]);
    divide(row);
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let other = row + 1; other < size; other++) subtract(row, other, lower[other * size + row]);
    divide(row);
  }
  return solution;
}

/** L, whose rows follow one from the other: L_ij = (A_ij - Σ_(q<j) L_iq L_jq) / L_jj */
function factorize(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = matrix[row * size + column];
      for (let at = 0; at < column; at++) rest -= lower[row * size + at] * lower[column * size + at];
      if (column < row) lower[row * size + column] = rest / lower[column * size + column];
      else if (rest > 0) lower[row * size + row] = Math.sqrt(rest);
      else throw new InternalError(`solveCholesky met the pivot ${rest} in row ${row}`);
    }
  }
  return lower;
}
