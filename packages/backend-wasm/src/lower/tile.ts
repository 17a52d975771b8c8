/**
 * @file The register tile: 4 rows of the left operand times 8 columns of the right one, over the whole depth.
 *
 * Eight accumulators, two vectors of the right panel and one broadcast of the left fit the 16 vector registers of
 * x86-64; one pointer per panel with constant offsets keeps the loop at 8 multiplications, 8 additions and 6 loads.
 * ENGINES.md section 2 has the measurements of other shapes.
 */
import type { Code, Local } from '../assembler/code.js';
import type { Module } from '../assembler/module.js';

export const tileRows = 4;
export const tileColumns = 8;

export interface TileOptions {
  /** Use the fused or unfused multiply-add of relaxed SIMD, whichever the machine prefers. */
  readonly isRelaxed: boolean;
}

/**
 * Steps of the depth per pass of the loop. V8 checks for interrupts once per pass; from three steps on it moves the
 * loads of all but the last to the front of their step, and that measures slower (Zen 4: 44, 48 and 43 GFLOP/s for
 * one, two and four steps at 256 x 256 x 256).
 */
const steps = 2;

/**
 * tile(left panel, right panel, target, depth, bytes per target row): target = Σ left · right.
 *
 * Both panels come less the bytes per row, which are added here: V8 knows that a sum of 32 bits is extended to 64, of a
 * parameter it does not, and would extend every address of the loop.
 */
export function tile(module: Module, { isRelaxed }: TileOptions): number {
  return module.shared(
    `f32_matmul_4x8__wasmsimd${isRelaxed ? 'relaxed' : ''}_u${steps}`,
    { parameters: ['i32', 'i32', 'i32', 'i32', 'i32'] },
    (code, [left, right, target, depth, rowBytes]) => {
      const sums = Array.from({ length: tileRows }, () => [code.local('v128'), code.local('v128')]);
      const columns = [code.local('v128'), code.local('v128')];
      const row = code.local('v128');
      const step = () => {
        columns.forEach((column, half) =>
          code
            .get(right)
            .memory('v128.load', 16 * half)
            .set(column),
        );
        sums.forEach((pair, r) => {
          code
            .get(left)
            .memory('v128.load32_splat', 4 * r)
            .set(row);
          pair.forEach((sum, half) => {
            if (isRelaxed) code.get(row).get(columns[half]).get(sum).op('f32x4.relaxed_madd').set(sum);
            else code.get(row).get(columns[half]).op('f32x4.mul').get(sum).op('f32x4.add').set(sum);
          });
        });
        code.advance(left, 4 * tileRows).advance(right, 4 * tileColumns);
        code.get(depth).i32(-1).op('i32.add').tee(depth);
      };
      for (const panel of [left, right]) code.get(panel).get(rowBytes).op('i32.add').set(panel);
      code.get(depth).if(() =>
        code.loop(() => {
          for (let at = 1; at < steps; at++) {
            step();
            code.op('i32.eqz').branchIf(1);
          }
          step();
          code.branchIf(0);
        }),
      );
      for (const pair of sums) {
        pair.forEach((sum, half) =>
          code
            .get(target)
            .get(sum)
            .memory('v128.store', 16 * half),
        );
        code.get(target).get(rowBytes).op('i32.add').set(target);
      }
    },
  );
}

export interface TileCall {
  readonly left: Local;
  readonly right: Local;
  readonly place: Local;
  readonly depth: number;
  readonly rowBytes: number;
}

export function emitTileCall(
  code: Code,
  microkernel: number,
  { left, right, place, depth, rowBytes }: TileCall,
): void {
  for (const panel of [left, right]) code.get(panel).i32(rowBytes).op('i32.sub');
  code.get(place).i32(depth).i32(rowBytes).call(microkernel);
}
