import type { Access, Body, BufferId, Reduction, Statement } from '@polyneuron/fusion';
import type { DType } from '@polyneuron/graph';
import type { Code, Local } from '../assembler/code.js';
import type { Module } from '../assembler/module.js';
import type { Nest } from './nest.js';
import type { Share } from './share.js';
import { emitters, inlinesFunctions, pushLiteral } from './statements.js';

export interface Lowering {
  readonly module: Module;
  /** Address of a buffer; 0 where `pointerOf` has the address at run time. */
  readonly addressOf: (buffer: BufferId) => number;
  /** Where the address of a buffer that its owner may move between runs is kept; undefined for all others. */
  readonly pointerOf: (buffer: BufferId) => number | undefined;
  /** How the threads of the module divide work; undefined where there is one. */
  readonly share?: Share | undefined;
}

/** Pushes the address of the byte at `offset` in a buffer. */
export function pushAddress(
  code: Code,
  { addressOf, pointerOf }: Lowering,
  buffer: BufferId,
  offset: number,
): Code {
  const pointer = pointerOf(buffer);
  if (pointer === undefined) return code.i32(addressOf(buffer) + offset);
  code.i32(0).memory('i32.load', pointer);
  return offset === 0 ? code : code.i32(offset).op('i32.add');
}

/** Where a nest starts and how often its first axis runs, when that is known only at run time. */
export interface Window {
  /** Pushes the number of iterations of axis 0. */
  readonly pushCount: (code: Code) => void;
  /** Pushes the byte offset that an access with these strides starts at. */
  readonly pushOrigin: (code: Code, strides: readonly number[]) => void;
  /** Where the epilogue finds the product: address of row 0 of the window, bytes per row. */
  readonly product?: { readonly pushAddress: (code: Code) => void; readonly rowBytes: number };
}

/** A byte offset that moves with the loops; accesses with equal strides share one, if they start alike. */
interface Cursor {
  readonly local: Local;
  /** The buffer whose run-time address it includes, where there is one. */
  readonly buffer: BufferId | undefined;
  readonly strides: readonly number[];
}

const identities: { readonly [K in Reduction['op']]: { readonly [D in DType]?: number } } = {
  sum: { float32: 0, int32: 0 },
  max: { float32: Number.NEGATIVE_INFINITY, int32: -(2 ** 31) },
};

/** Emits the loops of a body, four points of the innermost axis at a time; the last ones use part of a vector. */
export function emitBody(code: Code, lowering: Lowering, body: Body, nest: Nest, window?: Window): void {
  new BodyEmitter(code, lowering, body, nest, window).emit();
}

class BodyEmitter {
  private readonly cursors = new Map<string, Cursor>();
  private readonly values = new Map<number, Local>();
  private readonly counters = new Map<number, Local>();
  private readonly accumulators = new Map<Reduction, Local>();
  private readonly reciprocals = new Map<number, Local>();
  private readonly inner: number;
  private readonly isInlining: boolean;
  private readonly code: Code;
  private readonly lowering: Lowering;
  private readonly body: Body;
  private readonly nest: Nest;
  private readonly window: Window | undefined;

  constructor(code: Code, lowering: Lowering, body: Body, nest: Nest, window: Window | undefined) {
    this.code = code;
    this.lowering = lowering;
    this.body = body;
    this.nest = nest;
    this.window = window;
    this.inner = nest.extents.length - 1;
    this.isInlining = inlinesFunctions(body.statements);
  }

  emit(): void {
    const { code, nest } = this;
    if (nest.extents.includes(0)) return;
    for (const access of nest.strides.keys()) this.cursorOf(access);
    if (this.window?.product) this.productCursor();
    for (const cursor of this.cursors.values()) {
      if (cursor.buffer === undefined) code.i32(0);
      else pushAddress(code, this.lowering, cursor.buffer, 0);
      if (this.window) {
        const { product, pushOrigin } = this.window;
        if (product && cursor.strides === this.productStrides()) product.pushAddress(code);
        else pushOrigin(code, cursor.strides);
        code.op('i32.add');
      }
      code.set(cursor.local);
    }
    for (const axis of nest.indexAxes.values())
      if (axis >= 0 && !this.counters.has(axis)) this.counters.set(axis, code.local('i32'));
    if (this.inner < 0) {
      this.emitPoints(1);
      return;
    }
    this.emitReciprocals();
    this.emitAxis(0);
  }

  /** Division by what never changes in the nest becomes multiplication: one more rounding, ten times the rate. */
  private emitReciprocals(): void {
    const { code } = this;
    for (const statement of this.body.statements) {
      if (statement.op !== 'div' || statement.dtype !== 'float32') continue;
      const [, divisor] = statement.operands;
      const source = this.body.statements[divisor];
      if (
        this.reciprocals.has(divisor) ||
        source.op !== 'load' ||
        !this.stridesOf(source.access).every((stride) => stride === 0)
      )
        continue;
      const reciprocal = code.local('v128');
      this.reciprocals.set(divisor, reciprocal);
      code.f32x4(1);
      const offset = this.pushAddress(source.access, 0);
      code.memory('v128.load32_splat', offset).op('f32x4.div').set(reciprocal);
    }
  }

  private productKey: readonly number[] | undefined;
  private productStrides(): readonly number[] {
    if (!this.productKey) {
      const rowElements = (this.window?.product?.rowBytes ?? 0) / 4;
      this.productKey = this.nest.extents.map((_, axis) =>
        axis === this.inner ? 1 : axis === this.inner - 1 ? rowElements : 0,
      );
    }
    return this.productKey;
  }

  private cursorOf(access: Access): Cursor {
    const strides = this.stridesOf(access);
    const pointer = this.lowering.pointerOf(access.buffer);
    const buffer = pointer === undefined ? undefined : access.buffer;
    return this.cursorAt(`${pointer ?? ''}:${strides.join()}`, strides, buffer);
  }

  /** The product's window starts at its own row 0, so its cursor is never shared. */
  private productCursor(): Cursor {
    return this.cursorAt('product', this.productStrides(), undefined);
  }

  private cursorAt(key: string, strides: readonly number[], buffer: BufferId | undefined): Cursor {
    const known = this.cursors.get(key);
    if (known) return known;
    const cursor = { local: this.code.local('i32'), strides, buffer };
    this.cursors.set(key, cursor);
    return cursor;
  }

  private emitAxis(axis: number): void {
    const { code, nest, inner, window } = this;
    const counter = this.counters.get(axis);
    if (counter !== undefined) code.i32(0).set(counter);
    if (axis === inner) return this.emitInner();
    const pass = () => {
      this.emitAxis(axis + 1);
      for (const { local, strides } of this.cursors.values())
        code.advance(local, 4 * (strides[axis] - strides[axis + 1] * nest.extents[axis + 1]));
      if (counter !== undefined) code.advance(counter, 1);
    };
    if (axis > 0 || !window) {
      code.repeat(nest.extents[axis], pass);
      return;
    }
    const rest = code.local('i32');
    window.pushCount(code);
    code.set(rest).repeatWhile(rest, pass);
  }

  private emitInner(): void {
    const { code, inner, nest, body } = this;
    const extent = nest.extents[inner];
    this.emitInvariants();
    for (const reduction of body.reductions) {
      if (this.stridesOf(reduction.access)[inner] !== 0) continue;
      const accumulator = this.accumulators.get(reduction) ?? code.local('v128');
      this.accumulators.set(reduction, accumulator);
      this.pushIdentity(reduction).set(accumulator);
    }
    const counter = this.counters.get(inner);
    const step = (lanes: number) => {
      this.emitPoints(lanes);
      for (const { local, strides } of this.cursors.values()) code.advance(local, 4 * lanes * strides[inner]);
      if (counter !== undefined) code.advance(counter, lanes);
    };
    code.repeat(Math.floor(extent / 4), () => step(4));
    if (extent % 4 > 0) step(extent % 4);
    for (const [reduction, accumulator] of this.accumulators) this.emitHorizontal(reduction, accumulator);
  }

  private stridesOf(access: Access): readonly number[] {
    return this.nest.strides.get(access) as readonly number[];
  }

  private innerStride(strides: readonly number[]): number {
    return this.inner < 0 ? 0 : strides[this.inner];
  }

  /** Loads that do not move along the innermost axis happen once before it. */
  private emitInvariants(): void {
    this.body.statements.forEach((statement, at) => {
      if (statement.op !== 'load') return;
      const strides = this.stridesOf(statement.access);
      if (this.innerStride(strides) === 0) this.emitLoad(at, statement.access, statement.dtype, 4);
    });
  }

  /** All statements, stores and reductions for `lanes` neighbouring points. */
  private emitPoints(lanes: number): void {
    const { statements, stores, reductions } = this.body;
    if (this.inner < 0) this.emitInvariants();
    statements.forEach((statement, at) => {
      if (statement.op === 'literal') return;
      if (statement.op === 'load') {
        if (this.innerStride(this.stridesOf(statement.access)) !== 0)
          this.emitLoad(at, statement.access, statement.dtype, lanes);
        return;
      }
      this.emitStatement(statement, at);
    });
    for (const { value, access } of stores)
      this.emitStore(value, access, this.body.statements[value].dtype, lanes);
    for (const reduction of reductions) this.emitReduction(reduction, lanes);
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
    const statement = this.body.statements[at];
    if (statement.op !== 'literal') return code.get(this.valueOf(at));
    return pushLiteral(code, statement.value, statement.dtype);
  }

  private emitStatement(statement: Exclude<Statement, { op: 'load' | 'literal' }>, at: number): void {
    const { code, body } = this;
    if (statement.op === 'index') {
      const axis = this.nest.indexAxes.get(statement.axis) as number;
      const counter = this.counters.get(axis);
      if (counter === undefined) code.i32x4(0);
      else {
        code.get(counter).op('i32x4.splat');
        if (axis === this.inner) code.i32x4(0, 1, 2, 3).op('i32x4.add');
      }
    } else if (statement.op === 'product') {
      code.get(this.productCursor().local).memory('v128.load');
    } else if (statement.op === 'div' && this.reciprocals.has(statement.operands[1])) {
      this.push(statement.operands[0])
        .get(this.reciprocals.get(statement.operands[1]) as Local)
        .op('f32x4.mul');
    } else {
      const { operands, dtype } = statement;
      emitters[statement.op]({
        code,
        module: this.lowering.module,
        isInlining: this.isInlining,
        from: body.statements[operands[operands.length - 1]].dtype,
        to: dtype,
        push: (operand) => this.push(operands[operand]),
      });
    }
    code.set(this.valueOf(at));
  }

  /** Pushes the address of one lane, less the constant part that it returns. */
  private pushAddress(access: Access, lane: number): number {
    const strides = this.stridesOf(access);
    const base = this.lowering.addressOf(access.buffer) + 4 * access.offset;
    const reach = 4 * lane * this.innerStride(strides);
    this.code.get(this.cursorOf(access).local);
    // Offsets of instructions cannot be negative, nor may an address fall below 0 on the way
    if (strides.every((stride) => stride >= 0)) return base + reach;
    this.code.i32(base + reach).op('i32.add');
    return 0;
  }

  private emitLoad(at: number, access: Access, dtype: DType, lanes: number): void {
    const { code } = this;
    const stride = this.innerStride(this.stridesOf(access));
    if (stride === 1) {
      const offset = this.pushAddress(access, 0);
      code.memory('v128.load', offset);
    } else {
      const offset = this.pushAddress(access, 0);
      code.memory('v128.load32_splat', offset);
      for (let lane = 1; lane < lanes && stride !== 0; lane++) {
        const held = this.valueOf(at);
        code.set(held);
        const next = this.pushAddress(access, lane);
        code.get(held).memoryLane('v128.load32_lane', lane, next);
      }
    }
    if (dtype === 'bool') code.i32x4(0).op('i32x4.ne');
    code.set(this.valueOf(at));
  }

  private pushStored(value: number, dtype: DType): Code {
    const code = this.push(value);
    return dtype === 'bool' ? code.op('i32x4.neg') : code;
  }

  private emitStore(value: number, access: Access, dtype: DType, lanes: number): void {
    const { code } = this;
    if (lanes === 4 && this.innerStride(this.stridesOf(access)) === 1) {
      const offset = this.pushAddress(access, 0);
      this.pushStored(value, dtype).memory('v128.store', offset);
      return;
    }
    const held = code.local('v128');
    this.pushStored(value, dtype).set(held);
    for (let lane = 0; lane < lanes; lane++) {
      const offset = this.pushAddress(access, lane);
      code.get(held).memoryLane('v128.store32_lane', lane, offset);
    }
  }

  private pushIdentity({ op, dtype }: Reduction): Code {
    const value = identities[op][dtype] as number;
    return dtype === 'float32' ? this.code.f32x4(value) : this.code.i32x4(value);
  }

  private merge({ op, dtype }: Reduction): void {
    if (op === 'sum') this.code.op(dtype === 'float32' ? 'f32x4.add' : 'i32x4.add');
    else this.code.op(dtype === 'float32' ? 'f32x4.max' : 'i32x4.max_s');
  }

  private emitReduction(reduction: Reduction, lanes: number): void {
    const { code } = this;
    const { value, access } = reduction;
    const stride = this.innerStride(this.stridesOf(access));
    if (stride === 0) {
      const accumulator = this.accumulators.get(reduction);
      if (accumulator === undefined) return this.emitPoint(reduction);
      code.get(accumulator);
      this.push(value);
      if (lanes < 4) {
        this.pushIdentity(reduction);
        code
          .i32x4(...([0, 1, 2, 3].map((lane) => -Number(lane < lanes)) as [number, number, number, number]))
          .op('v128.bitselect');
      }
      this.merge(reduction);
      code.set(accumulator);
      return;
    }
    const held = code.local('v128');
    for (let lane = 0; lane < (stride === 1 ? 1 : lanes); lane++) {
      const offset = this.pushAddress(access, lane);
      code.memory(stride === 1 ? 'v128.load' : 'v128.load32_splat', offset);
      this.push(value);
      this.merge(reduction);
      code.set(held);
      if (stride === 1 && lanes === 4) {
        const target = this.pushAddress(access, 0);
        code.get(held).memory('v128.store', target);
        continue;
      }
      for (let part = stride === 1 ? 0 : lane; part < (stride === 1 ? lanes : lane + 1); part++) {
        const target = this.pushAddress(access, part);
        code.get(held).memoryLane('v128.store32_lane', part, target);
      }
    }
  }

  /** A nest of a single point. */
  private emitPoint(reduction: Reduction): void {
    const { code } = this;
    const offset = this.pushAddress(reduction.access, 0);
    const target = code.local('v128');
    code.memory('v128.load32_splat', offset);
    this.push(reduction.value);
    this.merge(reduction);
    code.set(target);
    const place = this.pushAddress(reduction.access, 0);
    code.get(target).memoryLane('v128.store32_lane', 0, place);
  }

  /** Folds the four lanes of an accumulator into memory. */
  private emitHorizontal(reduction: Reduction, accumulator: Local): void {
    const { code } = this;
    code.get(accumulator).get(accumulator).get(accumulator).shuffle32(2, 3, 0, 1);
    this.merge(reduction);
    code.set(accumulator);
    code.get(accumulator).get(accumulator).get(accumulator).shuffle32(1, 0, 3, 2);
    this.merge(reduction);
    code.set(accumulator);
    const offset = this.pushAddress(reduction.access, 0);
    code.memory('v128.load32_splat', offset).get(accumulator);
    this.merge(reduction);
    code.set(accumulator);
    const target = this.pushAddress(reduction.access, 0);
    code.get(accumulator).memoryLane('v128.store32_lane', 0, target);
  }
}
