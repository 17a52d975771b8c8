import { Bytes } from './bytes.js';
import { atomic, lane, memory, memoryLane, plain, type ValueType } from './opcodes.js';

/** Index of a local. */
export type Local = number;

/** Body of one function under construction: instructions in order, locals declared as they are needed. */
export class Code {
  readonly body = new Bytes();
  readonly locals: ValueType[] = [];
  private readonly parameterCount: number;

  constructor(parameters: readonly ValueType[]) {
    this.parameterCount = parameters.length;
  }

  local(type: ValueType): Local {
    return this.parameterCount + this.locals.push(type) - 1;
  }

  op(...names: (keyof typeof plain)[]): this {
    for (const name of names) this.body.bytes(plain[name]);
    return this;
  }

  get(local: Local): this {
    this.body.byte(0x20).unsigned(local);
    return this;
  }

  set(local: Local): this {
    this.body.byte(0x21).unsigned(local);
    return this;
  }

  tee(local: Local): this {
    this.body.byte(0x22).unsigned(local);
    return this;
  }

  i32(value: number): this {
    this.body.byte(0x41).signed(value);
    return this;
  }

  i64(value: number): this {
    this.body.byte(0x42).signed(value);
    return this;
  }

  /** Pushes an imported global. */
  global(index: number): this {
    this.body.byte(0x23).unsigned(index);
    return this;
  }

  f32(value: number): this {
    this.body.byte(0x43).float32(value);
    return this;
  }

  /** Four equal float32. */
  f32x4(value: number): this {
    this.body.bytes([0xfd, 0x0c]);
    for (let i = 0; i < 4; i++) this.body.float32(value);
    return this;
  }

  i32x4(...values: [number] | [number, number, number, number]): this {
    this.body.bytes([0xfd, 0x0c]);
    const four = values.length === 1 ? [values[0], values[0], values[0], values[0]] : values;
    this.body.bytes(new Uint8Array(Int32Array.from(four).buffer));
    return this;
  }

  f64x2(value: number): this {
    this.body.bytes([0xfd, 0x0c]).float64(value).float64(value);
    return this;
  }

  /** Lanes 0 to 3 of the first operand are 0 to 3, those of the second 4 to 7. */
  shuffle32(...lanes: [number, number, number, number]): this {
    this.body.bytes([0xfd, 0x0d]).bytes(lanes.flatMap((from) => [0, 1, 2, 3].map((byte) => 4 * from + byte)));
    return this;
  }

  /** A load or store at the address on the stack plus `offset`; addresses are multiples of 4. */
  memory(name: keyof typeof memory, offset = 0): this {
    const [, ...opcode] = memory[name];
    this.body.bytes(opcode).unsigned(2).unsigned(offset);
    return this;
  }

  /** An operation on shared memory at the address on the stack plus `offset`. */
  atomic(name: keyof typeof atomic, offset = 0): this {
    this.body.bytes(atomic[name]).unsigned(2).unsigned(offset);
    return this;
  }

  memoryLane(name: keyof typeof memoryLane, at: number, offset = 0): this {
    const [, ...opcode] = memoryLane[name];
    this.body.bytes(opcode).unsigned(2).unsigned(offset).byte(at);
    return this;
  }

  lane(name: keyof typeof lane, at: number): this {
    this.body.bytes(lane[name]).byte(at);
    return this;
  }

  /** memory.copy: target, source and bytes are on the stack. */
  copyMemory(): this {
    this.body.bytes([0xfc, 0x0a, 0x00, 0x00]);
    return this;
  }

  /** memory.fill: target, byte and count are on the stack. */
  fillMemory(): this {
    this.body.bytes([0xfc, 0x0b, 0x00]);
    return this;
  }

  call(functionIndex: number): this {
    this.body.byte(0x10).unsigned(functionIndex);
    return this;
  }

  loop(build: () => void): this {
    this.body.bytes([0x03, 0x40]);
    build();
    this.body.byte(0x0b);
    return this;
  }

  block(build: () => void): this {
    this.body.bytes([0x02, 0x40]);
    build();
    this.body.byte(0x0b);
    return this;
  }

  /** Runs `build` when the number on the stack is not 0. */
  if(build: () => void, otherwise?: () => void): this {
    this.body.bytes([0x04, 0x40]);
    build();
    if (otherwise) {
      this.body.byte(0x05);
      otherwise();
    }
    this.body.byte(0x0b);
    return this;
  }

  branch(depth: number): this {
    this.body.byte(0x0c).unsigned(depth);
    return this;
  }

  branchIf(depth: number): this {
    this.body.byte(0x0d).unsigned(depth);
    return this;
  }

  /** local += amount */
  advance(local: Local, amount: number): this {
    return amount === 0 ? this : this.get(local).i32(amount).op('i32.add').set(local);
  }

  /** Runs `build` as often as a local says, which falls to 0. */
  repeatWhile(count: Local, build: () => void): this {
    return this.get(count).if(() => {
      this.loop(() => {
        build();
        this.get(count).i32(-1).op('i32.add').tee(count).branchIf(0);
      });
    });
  }

  /** Runs `build` `count` times with a counter that falls to 0. */
  repeat(count: number, build: () => void): this {
    if (count <= 0) return this;
    if (count === 1) {
      build();
      return this;
    }
    const counter = this.local('i32');
    this.i32(count).set(counter);
    return this.loop(() => {
      build();
      this.get(counter).i32(-1).op('i32.add').tee(counter).branchIf(0);
    });
  }
}
