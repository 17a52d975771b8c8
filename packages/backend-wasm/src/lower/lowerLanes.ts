import type { BufferId, LaneStatement, LanesKernel } from '@polyneuron/fusion';
import type { Code, Local } from '../assembler/code.js';
import { type Lowering, pushAddress } from './emitBody.js';
import { emitters, inlinesFunctions, pushLiteral } from './statements.js';

const lanes = 4;

/**
 * The loop over a batch, four samples per vector. Sums over the batch stay in locals until the end; elements that all
 * samples share are read where they are used, which costs one broadcasting load and no register.
 */
export function lowerLanes(code: Code, lowering: Lowering, kernel: LanesKernel): void {
  new LanesEmitter(code, lowering, kernel).emit();
}

class LanesEmitter {
  private readonly cursors = new Map<string, { readonly local: Local; readonly stride: number }>();
  /** Addresses that are known at run time only, read once before the loop. */
  private readonly origins = new Map<BufferId, Local>();
  private readonly values = new Map<number, Local>();
  private readonly rows = new Map<string, readonly Local[]>();
  private readonly totals: readonly Local[];
  private readonly isInlining: boolean;
  private readonly code: Code;
  private readonly lowering: Lowering;
  private readonly kernel: LanesKernel;

  constructor(code: Code, lowering: Lowering, kernel: LanesKernel) {
    this.code = code;
    this.lowering = lowering;
    this.kernel = kernel;
    this.isInlining = inlinesFunctions(kernel.statements);
    this.totals = kernel.sums.map(() => code.local('v128'));
  }

  emit(): void {
    const { code, kernel } = this;
    for (const statement of kernel.statements) {
      if (statement.op === 'sample') this.startCursor(statement.buffer, statement.stride);
      if (statement.op === 'uniform' || statement.op === 'gathered') this.readOrigin(statement.buffer);
    }
    for (const { buffer, stride } of kernel.stores) this.startCursor(buffer, stride);
    for (const total of this.totals) code.f32x4(0).set(total);
    code.repeat(Math.floor(kernel.batch / lanes), () => this.emitSamples(lanes));
    if (kernel.batch % lanes > 0) this.emitSamples(kernel.batch % lanes);
    kernel.sums.forEach(({ buffer, offset }, at) => this.emitTotal(this.totals[at], buffer, offset));
  }

  private address(buffer: BufferId, offset: number): number {
    return this.lowering.addressOf(buffer) + 4 * offset;
  }

  private cursorKey(buffer: BufferId, stride: number): string {
    return `${this.lowering.pointerOf(buffer) ?? ''}:${stride}`;
  }

  private readOrigin(buffer: BufferId): void {
    if (this.lowering.pointerOf(buffer) === undefined || this.origins.has(buffer)) return;
    const origin = this.code.local('i32');
    pushAddress(this.code, this.lowering, buffer, 0).set(origin);
    this.origins.set(buffer, origin);
  }

  /** Pushes what `address` is counted from. */
  private pushOrigin(buffer: BufferId): Code {
    const origin = this.origins.get(buffer);
    return origin === undefined ? this.code.i32(0) : this.code.get(origin);
  }

  private startCursor(buffer: BufferId, stride: number): void {
    const { code, lowering } = this;
    const key = this.cursorKey(buffer, stride);
    if (this.cursors.has(key)) return;
    const local = code.local('i32');
    this.cursors.set(key, { local, stride });
    if (lowering.pointerOf(buffer) === undefined) code.i32(0);
    else pushAddress(code, lowering, buffer, 0);
    code.set(local);
  }

  private cursorOf(buffer: BufferId, stride: number): Local {
    return (this.cursors.get(this.cursorKey(buffer, stride)) as { readonly local: Local }).local;
  }

  private emitSamples(count: number): void {
    const { code, kernel } = this;
    this.rows.clear();
    kernel.statements.forEach((statement, at) => this.emitStatement(statement, at, count));
    for (const { value, buffer, offset, stride } of kernel.stores)
      this.emitStore(value, buffer, offset, stride, count);
    kernel.sums.forEach(({ value }, at) => {
      code.get(this.totals[at]);
      this.push(value);
      // Lanes without a sample add nothing
      if (count < lanes) code.i32x4(...maskOf(count)).op('v128.and');
      code.op('f32x4.add').set(this.totals[at]);
    });
    for (const { local, stride } of this.cursors.values()) code.advance(local, 4 * lanes * stride);
  }

  private emitStatement(statement: LaneStatement, at: number, count: number): void {
    const { code, kernel, lowering } = this;
    if (statement.op === 'literal' || statement.op === 'uniform') return;
    const value = this.valueOf(at);
    if (statement.op === 'sample') {
      const base = this.address(statement.buffer, statement.offset);
      const cursor = this.cursorOf(statement.buffer, statement.stride);
      this.emitLanes(value, count, statement.stride === 1, (lane) =>
        this.pushPlace(cursor, statement.stride, base, lane),
      );
    } else if (statement.op === 'gathered') {
      const rows = this.rowsOf(statement.index, statement.size, statement.stride, count);
      const base = this.address(statement.buffer, statement.offset);
      this.emitLanes(value, count, false, (lane) => {
        code.get(rows[lane]);
        if (this.origins.has(statement.buffer)) this.pushOrigin(statement.buffer).op('i32.add');
        return base;
      });
    } else {
      const { operands } = statement;
      const from = kernel.statements[operands[operands.length - 1]].dtype;
      emitters[statement.op]({
        code,
        module: lowering.module,
        isInlining: this.isInlining,
        from,
        to: statement.dtype,
        push: (operand) => this.push(operands[operand]),
      });
      code.set(value);
      return;
    }
    if (statement.dtype === 'bool') code.get(value).i32x4(0).op('i32x4.ne').set(value);
  }

  /** Loads one element per lane; `place` pushes an address and returns the constant part of it. */
  private emitLanes(
    value: Local,
    count: number,
    isContiguous: boolean,
    place: (lane: number) => number,
  ): void {
    const { code } = this;
    const first = place(0);
    if (isContiguous) {
      code.memory('v128.load', first).set(value);
      return;
    }
    code.memory('v128.load32_splat', first).set(value);
    for (let lane = 1; lane < count; lane++) {
      const offset = place(lane);
      code.get(value).memoryLane('v128.load32_lane', lane, offset).set(value);
    }
  }

  private pushPlace(cursor: Local, stride: number, base: number, lane: number): number {
    const place = base + 4 * lane * stride;
    this.code.get(cursor);
    if (stride >= 0) return place;
    this.code.i32(place).op('i32.add');
    return 0;
  }

  /** Byte offset of the row that each lane's index names. */
  private rowsOf(index: number, size: number, stride: number, count: number): readonly Local[] {
    const { code } = this;
    const key = `${index}:${size}:${stride}`;
    const known = this.rows.get(key);
    if (known) return known;
    const rows = Array.from({ length: count }, (_, lane) => {
      const row = code.local('i32');
      this.push(index)
        .lane('i32x4.extract_lane', lane)
        .tee(row)
        .i32(size)
        .op('i32.ge_u')
        .if(() => code.op('unreachable'));
      code
        .get(row)
        .i32(4 * stride)
        .op('i32.mul')
        .set(row);
      return row;
    });
    this.rows.set(key, rows);
    return rows;
  }

  private valueOf(at: number): Local {
    const known = this.values.get(at);
    if (known !== undefined) return known;
    const local = this.code.local('v128');
    this.values.set(at, local);
    return local;
  }

  private push(at: number): Code {
    const { code } = this;
    const statement = this.kernel.statements[at];
    if (statement.op === 'literal') {
      return pushLiteral(code, statement.value, statement.dtype);
    }
    if (statement.op !== 'uniform') return code.get(this.valueOf(at));
    this.pushOrigin(statement.buffer).memory(
      'v128.load32_splat',
      this.address(statement.buffer, statement.offset),
    );
    return statement.dtype === 'bool' ? code.i32x4(0).op('i32x4.ne') : code;
  }

  private emitStore(value: number, buffer: BufferId, at: number, stride: number, count: number): void {
    const { code, kernel } = this;
    const cursor = this.cursorOf(buffer, stride);
    const base = this.address(buffer, at);
    const held = code.local('v128');
    this.push(value);
    if (kernel.statements[value].dtype === 'bool') code.op('i32x4.neg');
    code.set(held);
    if (stride === 1 && count === lanes) {
      const offset = this.pushPlace(cursor, stride, base, 0);
      code.get(held).memory('v128.store', offset);
      return;
    }
    for (let lane = 0; lane < count; lane++) {
      const offset = this.pushPlace(cursor, stride, base, lane);
      code.get(held).memoryLane('v128.store32_lane', lane, offset);
    }
  }

  private emitTotal(total: Local, buffer: BufferId, at: number): void {
    const { code } = this;
    code.get(total).get(total).get(total).shuffle32(2, 3, 0, 1).op('f32x4.add').set(total);
    pushAddress(code, this.lowering, buffer, 4 * at)
      .get(total)
      .get(total)
      .get(total)
      .shuffle32(1, 0, 3, 2)
      .op('f32x4.add')
      .memoryLane('v128.store32_lane', 0);
  }
}

const maskOf = (count: number) =>
  [0, 1, 2, 3].map((lane) => -Number(lane < count)) as [number, number, number, number];
