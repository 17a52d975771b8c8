/**
 * @file Multiplication on tensor cores: operands rounded to tf32 or bf16, products and sums in float32.
 *
 * A block has four warps of 32 by 32 results; each multiplies 16 by 8 words by 8 by 8 words at a time (`mma.sync`
 * m16n8k8 for tf32, one term to a word; m16n8k16 for bf16, two). Lane 4 g + q holds, of the left operand, rows g and
 * g + 8 at words q and q + 4; of the right one, column g at the same words; of the product, rows g and g + 8 at columns
 * 2 q and 2 q + 1.
 *
 * Numerics   |error| <= (2 u + u²) Σ |left| |right| besides that of float32, u = 2^-11 for tf32, 2^-8 for bf16
 * Source     PTX ISA, Matrix Fragments for mma.m16n8k8 and mma.m16n8k16
 */
import type { TensorTile } from './contractionForm.js';
import type { KernelWriter } from './kernelWriter.js';
import type { TileArithmetic } from './tileArithmetic.js';

const wordsOfStep = 8;

export function tensorArithmetic({ rows, columns, depth, arithmetic }: TensorTile): TileArithmetic {
  const terms = arithmetic === 'tf32' ? 1 : 2;
  const steps = depth / terms / wordsOfStep;
  const fragment = (
    writer: KernelWriter,
    name: string,
    places: readonly (readonly [word: number, line: number])[],
    source: (word: string, line: string) => string,
    count: number,
    stride: number,
  ) => {
    writer.line(`unsigned int ${name}[${count}][${places.length}];`);
    writer.line('#pragma unroll');
    writer.block(`for (int i = 0; i < ${count}; i++)`, () => {
      places.forEach(([word, line], at) => {
        const element = source(
          `step * ${wordsOfStep} + q${word ? ` + ${word}` : ''}`,
          `i * ${stride} + g${line ? ` + ${line}` : ''}`,
        );
        writer.line(`${name}[i][${at}] = ${element};`);
      });
    });
  };
  return {
    threads: (rows / 32) * (columns / 32) * 32,
    element: { type: 'unsigned int', terms },
    // Words q of lines g lie in 32 banks: 8 q + g
    padding: 8,
    emitStart: (writer) => {
      const across = columns / 32;
      writer.line('const int g = t % 32 / 4, q = t % 4;');
      writer.line(`const int row = t / 32 / ${across} * 32, column = t / 32 % ${across} * 32;`);
      writer.line('float sum[2][4][4] = {};');
    },
    pack: (writer, values) => writer.call(arithmetic === 'tf32' ? 'toTf32' : 'toBf16', ...values),
    emitMultiply: (writer) => {
      writer.line('#pragma unroll');
      writer.block(`for (int step = 0; step < ${steps}; step++)`, () => {
        const left = [
          [0, 0],
          [0, 8],
          [4, 0],
          [4, 8],
        ] as const;
        const right = [
          [0, 0],
          [4, 0],
        ] as const;
        fragment(writer, 'a', left, (word, line) => `left[slice][${word}][row + ${line}]`, 2, 16);
        fragment(writer, 'b', right, (word, line) => `right[slice][${word}][column + ${line}]`, 4, 8);
        const multiply = writer.call(
          arithmetic === 'tf32' ? 'multiplyTf32' : 'multiplyBf16',
          'sum[i][j]',
          'a[i]',
          'b[j]',
        );
        writer.line('#pragma unroll');
        writer.block('for (int i = 0; i < 2; i++)', () => {
          writer.line('#pragma unroll');
          writer.line(`for (int j = 0; j < 4; j++) ${multiply};`);
        });
      });
    },
    emitResults: (writer, visit) => {
      const loops = ['int i = 0; i < 2; i++', 'int j = 0; j < 4; j++', 'int c = 0; c < 4; c++'];
      const nest = ([first, ...rest]: readonly string[], inner: () => void) => {
        writer.line('#pragma unroll');
        writer.block(`for (${first})`, () => (rest.length > 0 ? nest(rest, inner) : inner()));
      };
      nest(loops, () =>
        visit({
          row: 'row + i * 16 + g + c / 2 * 8',
          column: 'column + j * 8 + q * 2 + c % 2',
          value: 'sum[i][j][c]',
        }),
      );
    },
  };
}
