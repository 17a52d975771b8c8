/**
 * @file Packing: an operand of a contraction copied into panels of `width` lines (rows of the left operand, columns of
 * the right one), depth by depth, so that the register tile reads both with one pointer and no stride.
 *
 * panel[p][k][i] = operand[line p·width + i, depth k]; lines past the end repeat the last one and are never stored.
 */
import type { Code, Local } from '../assembler/code.js';
import type { Range } from './share.js';

export interface PackSource {
  /** Pushes the byte address of line 0, depth 0. */
  readonly pushBase: () => void;
  readonly lines: number;
  readonly depth: number;
  /** Elements from one line to the next, and from one depth to the next; undefined where no stride says it. */
  readonly lineStride: number | undefined;
  readonly depthStride: number | undefined;
  /** Addresses of int32 byte offsets per line and per depth, for what has no stride. */
  readonly lineTable: number;
  readonly depthTable: number;
}

/** Emits the packing, of the panels in `range` alone where one is given. `pushTarget` pushes the address of panel 0. */
export function emitPack(
  code: Code,
  source: PackSource,
  width: number,
  pushTarget: () => Code,
  range?: Range,
): void {
  const { lines, depth, lineStride, depthStride } = source;
  if (lines === 0 || depth === 0) return;
  const to = code.local('i32');
  const panel = code.local('i32');
  const panels = Math.ceil(lines / width);
  pushTarget().set(to).i32(0).set(panel);
  if (range) {
    code.get(range.first).i32(width).op('i32.mul').set(panel);
    code
      .get(panel)
      .i32(4 * depth)
      .op('i32.mul')
      .get(to)
      .op('i32.add')
      .set(to);
  }
  const eachPanel = (build: () => void) =>
    range ? code.repeatWhile(range.count, build) : code.repeat(panels, build);
  if (lineStride === 1 && depthStride !== undefined) {
    const from = code.local('i32');
    eachPanel(() => {
      source.pushBase();
      code.get(panel).i32(4).op('i32.mul', 'i32.add').set(from);
      code.repeat(depth, () => {
        for (let part = 0; part < width; part += 4)
          code
            .get(to)
            .get(from)
            .memory('v128.load', 4 * part)
            .memory('v128.store', 4 * part);
        code.advance(from, 4 * depthStride).advance(to, 4 * width);
      });
      code.advance(panel, width);
    });
    return;
  }
  const starts = Array.from({ length: width }, () => code.local('i32'));
  const k = code.local('i32');
  eachPanel(() => {
    starts.forEach((start, i) => pushLineStart(code, source, panel, i, panels * width > lines, start));
    if (depthStride === 1) {
      code.repeat(Math.floor(depth / 4), () => {
        for (let part = 0; part < width; part += 4)
          emitTransposed(code, starts.slice(part, part + 4), to, 4 * part, 4 * width);
        for (const start of starts) code.advance(start, 16);
        code.advance(to, 16 * width);
      });
      for (let rest = 0; rest < depth % 4; rest++) {
        starts.forEach((start, i) =>
          code
            .get(to)
            .get(start)
            .memory('f32.load', 4 * rest)
            .memory('f32.store', 4 * i),
        );
        code.advance(to, 4 * width);
      }
    } else if (depthStride !== undefined) {
      code.repeat(depth, () => {
        starts.forEach((start, i) => {
          code
            .get(to)
            .get(start)
            .memory('f32.load')
            .memory('f32.store', 4 * i)
            .advance(start, 4 * depthStride);
        });
        code.advance(to, 4 * width);
      });
    } else {
      const offset = code.local('i32');
      code.i32(0).set(k);
      code.repeat(depth, () => {
        code.get(k).memory('i32.load', source.depthTable).set(offset);
        starts.forEach((start, i) =>
          code
            .get(to)
            .get(start)
            .get(offset)
            .op('i32.add')
            .memory('f32.load')
            .memory('f32.store', 4 * i),
        );
        code.advance(k, 4).advance(to, 4 * width);
      });
    }
    code.advance(panel, width);
  });
}

/** start = address of line panel + i, or of the last line. */
function pushLineStart(
  code: Code,
  source: PackSource,
  panel: Local,
  i: number,
  isRagged: boolean,
  start: Local,
): void {
  code.get(panel).i32(i).op('i32.add').set(start);
  if (isRagged)
    code
      .get(start)
      .i32(source.lines - 1)
      .get(start)
      .i32(source.lines)
      .op('i32.lt_s', 'select')
      .set(start);
  source.pushBase();
  if (source.lineStride !== undefined)
    code
      .get(start)
      .i32(4 * source.lineStride)
      .op('i32.mul');
  else code.get(start).i32(4).op('i32.mul').memory('i32.load', source.lineTable);
  code.op('i32.add').set(start);
}

const interleavings: readonly [number, number, number, number][] = [
  [0, 4, 1, 5],
  [2, 6, 3, 7],
];

/** Four lines of four depths, contiguous along the depth, written depth by depth. */
function emitTransposed(
  code: Code,
  starts: readonly Local[],
  to: Local,
  offset: number,
  bytesPerDepth: number,
): void {
  const lines = starts.map((start) => {
    const line = code.local('v128');
    code.get(start).memory('v128.load').set(line);
    return line;
  });
  const mixed = [0, 2].flatMap((pair) =>
    interleavings.map((lanes) => {
      const local = code.local('v128');
      code
        .get(lines[pair])
        .get(lines[pair + 1])
        .shuffle32(...lanes)
        .set(local);
      return local;
    }),
  );
  // mixed: lines 0,1 low; lines 0,1 high; lines 2,3 low; lines 2,3 high
  for (let depth = 0; depth < 4; depth++) {
    const half = depth < 2 ? 0 : 1;
    code
      .get(to)
      .get(mixed[half])
      .get(mixed[2 + half]);
    if (depth % 2 === 0) code.shuffle32(0, 1, 4, 5);
    else code.shuffle32(2, 3, 6, 7);
    code.memory('v128.store', offset + depth * bytesPerDepth);
  }
}
