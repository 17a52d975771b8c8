import type { FloatTile } from './contractionForm.js';
import type { KernelWriter } from './kernelWriter.js';
import type { TileArithmetic } from './tileArithmetic.js';

/** Multiplication in float32: 4 by 4 or 8 by 8 results per thread, whose operands are read four at a time. */
export function floatArithmetic({ rows, columns, depth, perThread }: FloatTile): TileArithmetic {
  const across = columns / perThread;
  /** Groups of four lines of a thread are this far apart. */
  const groupStep = (lines: number) => (lines * 4) / perThread;
  const inTile = (name: string, index: string, lines: number) =>
    perThread === 4 ? `${name} + ${index}` : `${name} + ${index} / 4 * ${groupStep(lines)} + ${index} % 4`;
  const emitFour = (writer: KernelWriter, name: string, side: string, start: string, lines: number) => {
    const groups = Array.from({ length: perThread / 4 }, (_, group) => {
      const line = group === 0 ? start : `${start} + ${group * groupStep(lines)}`;
      writer.line(`const float4 ${name}${group} = *(const float4*)&${side}[slice][d][${line}];`);
      return ['x', 'y', 'z', 'w'].map((part) => `${name}${group}.${part}`).join(', ');
    });
    writer.line(`const float ${name}[${perThread}] = {${groups.join(', ')}};`);
  };
  return {
    threads: (rows / perThread) * across,
    element: { type: 'float', terms: 1 },
    padding: 4,
    emitStart: (writer) => {
      writer.line(`const int row = t / ${across} * 4, column = t % ${across} * 4;`);
      writer.line(`float sum[${perThread}][${perThread}] = {};`);
    },
    pack: (_, [term]) => term,
    emitMultiply: (writer) => {
      writer.line('#pragma unroll');
      writer.block(`for (int d = 0; d < ${depth}; d++)`, () => {
        emitFour(writer, 'a', 'left', 'row', rows);
        emitFour(writer, 'b', 'right', 'column', columns);
        writer.line('#pragma unroll');
        writer.block(`for (int i = 0; i < ${perThread}; i++)`, () => {
          writer.line('#pragma unroll');
          writer.line(`for (int j = 0; j < ${perThread}; j++) sum[i][j] += a[i] * b[j];`);
        });
      });
    },
    emitResults: (writer, visit) => {
      writer.line('#pragma unroll');
      writer.block(`for (int i = 0; i < ${perThread}; i++)`, () => {
        writer.line('#pragma unroll');
        writer.block(`for (int j = 0; j < ${perThread}; j++)`, () =>
          visit({
            row: inTile('row', 'i', rows),
            column: inTile('column', 'j', columns),
            value: 'sum[i][j]',
          }),
        );
      });
    },
  };
}
