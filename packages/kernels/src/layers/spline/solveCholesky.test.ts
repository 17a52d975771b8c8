import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { solveCholesky } from './solveCholesky.js';

describe('solveCholesky', () => {
  it('computes the hand-worked example', () => {
    // [[4, 2], [2, 5]] = [[2, 0], [1, 2]] [[2, 1], [0, 2]]; solutions (1, 1) and (2, -1)
    const solution = solveCholesky(Float64Array.of(4, 2, 2, 5), Float64Array.of(6, 6, 7, -1), 2, 2);
    expect(Array.from(solution)).toEqual([1, 2, 1, -1]);
  });

  it('solves random systems of AᵀA + I', () => {
    const size = 7;
    const random = testRandom(1);
    const factor = random.normals(size * size);
    const entry = (row: number, column: number) =>
      Array.from({ length: size }, (_, at) => factor[at * size + row] * factor[at * size + column]).reduce(
        (total, value) => total + value,
        row === column ? 1 : 0,
      );
    const matrix = Float64Array.from({ length: size * size }, (_, at) =>
      entry(Math.floor(at / size), at % size),
    );
    const expected = random.normals(size);
    const rightSide = expected.map((_, row) =>
      expected.reduce((total, value, column) => total + matrix[row * size + column] * value, 0),
    );
    // Roundings times the condition of A, below 100
    expectClose(solveCholesky(matrix, rightSide, size, 1), expected, tolerances.float64.gradient);
  });

  it('refuses a matrix that is not positive definite', () => {
    expect(() =>
      solveCholesky(Float64Array.of(1, 1, 1, 1), Float64Array.of(1, 1), 2, 1),
    ).toThrowErrorMatchingInlineSnapshot(`
        [InternalError: internal: solveCholesky met the pivot 0 in row 1

        Please report this at https://github.com/polyneuron/polyneuron/issues]
      `);
  });
});
