import type {
  Access,
  ArgMaxKernel,
  CumulativeKernel,
  GatherKernel,
  RandomKernel,
  ScatterAddKernel,
} from '@polyneuron/fusion';
import { sizeOf } from '@polyneuron/graph';
import type { Code, Local } from '../assembler/code.js';
import { type Lowering, pushAddress } from './emitBody.js';
import { emitFill } from './lowerLoop.js';
import { threefry } from './threefry.js';

/** Pushes the address of the element `at` steps after the first of an access. */
const pushElement = (code: Code, lowering: Lowering, { buffer, offset }: Access, at = 0): Code =>
  pushAddress(code, lowering, buffer, 4 * (offset + at));

/** Nested loops over all axes but those skipped; `build` gets byte offsets that follow the accesses. */
function emitOuter(
  code: Code,
  domain: readonly number[],
  skip: number,
  accesses: readonly { readonly strides: readonly number[] }[],
  build: (offsets: readonly Local[]) => void,
): void {
  if (sizeOf(domain) === 0) return;
  const offsets = accesses.map(() => code.local('i32'));
  for (const offset of offsets) code.i32(0).set(offset);
  const nest = (axis: number): void => {
    if (axis === domain.length) return build(offsets);
    if (axis === skip) return nest(axis + 1);
    code.repeat(domain[axis], () => {
      nest(axis + 1);
      offsets.forEach((offset, at) => code.advance(offset, 4 * accesses[at].strides[axis]));
    });
    offsets.forEach((offset, at) => code.advance(offset, -4 * accesses[at].strides[axis] * domain[axis]));
  };
  nest(0);
}

export function lowerCumulative(code: Code, lowering: Lowering, kernel: CumulativeKernel): void {
  const { domain, axis, exclusive, reverse, source, target, dtype } = kernel;
  const type = dtype === 'float32' ? 'f32' : 'i32';
  const [load, store] = [`${type}.load`, `${type}.store`] as const;
  const sum = code.local(type);
  emitOuter(code, domain, axis, [source, target], ([from, to]) => {
    const [read, write] = [code.local('i32'), code.local('i32')];
    const start = reverse ? domain[axis] - 1 : 0;
    pushElement(code, lowering, source, start * source.strides[axis])
      .get(from)
      .op('i32.add')
      .set(read);
    pushElement(code, lowering, target, start * target.strides[axis])
      .get(to)
      .op('i32.add')
      .set(write);
    if (type === 'f32') code.f32(0).set(sum);
    else code.i32(0).set(sum);
    const accumulate = () => code.get(sum).get(read).memory(load).op(`${type}.add`).set(sum);
    code.repeat(domain[axis], () => {
      if (!exclusive) accumulate();
      code.get(write).get(sum).memory(store);
      if (exclusive) accumulate();
      const sign = reverse ? -4 : 4;
      code.advance(read, sign * source.strides[axis]).advance(write, sign * target.strides[axis]);
    });
  });
}

/** Traps on an index out of range: memory outside the table is never touched. */
function pushChecked(code: Code, address: Local, size: number): void {
  const index = code.local('i32');
  code
    .get(address)
    .memory('i32.load')
    .tee(index)
    .i32(size)
    .op('i32.ge_u')
    .if(() => code.op('unreachable'));
  code.get(index);
}

/** Gathers of fewer elements are done before another thread has heard of them. */
const sharedElements = 8192;

/** Whether threads divide the rows of this gather among themselves. */
export function isSharedGather({ outer, count, inner }: GatherKernel): boolean {
  return outer === 1 && count > 1 && count * inner >= sharedElements;
}

export function lowerGather(code: Code, lowering: Lowering, kernel: GatherKernel): void {
  const { outer, count, inner, size, table, indices, target } = kernel;
  if (outer * count * inner === 0) return;
  const own = isSharedGather(kernel) ? lowering.share?.rangeOf(code, count) : undefined;
  const [from, to, at] = [code.local('i32'), code.local('i32'), code.local('i32')];
  pushElement(code, lowering, table).set(from);
  pushElement(code, lowering, target).set(to);
  code.repeat(outer, () => {
    pushElement(code, lowering, indices).set(at);
    if (own)
      for (const [local, bytes] of [
        [to, 4 * inner],
        [at, 4],
      ] as const)
        code.get(own.first).i32(bytes).op('i32.mul').get(local).op('i32.add').set(local);
    const eachRow = (build: () => void) =>
      own ? code.repeatWhile(own.count, build) : code.repeat(count, build);
    eachRow(() => {
      code.get(to).get(from);
      pushChecked(code, at, size);
      code.i32(4 * inner).op('i32.mul', 'i32.add');
      if (inner === 1) code.memory('i32.load').memory('i32.store');
      else code.i32(4 * inner).copyMemory();
      code.advance(to, 4 * inner).advance(at, 4);
    });
    code.advance(from, 4 * size * inner);
  });
}

export function lowerScatterAdd(code: Code, lowering: Lowering, kernel: ScatterAddKernel): void {
  const { outer, count, inner, size, updates, indices, target, dtype } = kernel;
  emitFill(code, lowering, target, outer * size * inner, 0);
  if (outer * count * inner === 0) return;
  const type = dtype === 'float32' ? 'f32' : 'i32';
  const vector = dtype === 'float32' ? 'f32x4.add' : 'i32x4.add';
  const [from, to, at, row] = Array.from({ length: 4 }, () => code.local('i32'));
  pushElement(code, lowering, updates).set(from);
  pushElement(code, lowering, target).set(to);
  code.repeat(outer, () => {
    pushElement(code, lowering, indices).set(at);
    code.repeat(count, () => {
      code.get(to);
      pushChecked(code, at, size);
      code
        .i32(4 * inner)
        .op('i32.mul', 'i32.add')
        .set(row);
      code.repeat(Math.floor(inner / 4), () => {
        code
          .get(row)
          .get(row)
          .memory('v128.load')
          .get(from)
          .memory('v128.load')
          .op(vector)
          .memory('v128.store')
          .advance(row, 16)
          .advance(from, 16);
      });
      for (let rest = 0; rest < inner % 4; rest++) {
        code
          .get(row)
          .get(row)
          .memory(`${type}.load`, 4 * rest)
          .get(from)
          .memory(`${type}.load`, 4 * rest)
          .op(`${type}.add`)
          .memory(`${type}.store`, 4 * rest);
      }
      code.advance(from, 4 * (inner % 4)).advance(at, 4);
    });
    code.advance(to, 4 * size * inner);
  });
}

export function lowerArgMax(
  code: Code,
  lowering: Lowering,
  { domain, source, target, dtype }: ArgMaxKernel,
): void {
  const last = domain.length - 1;
  const type = dtype === 'float32' ? 'f32' : 'i32';
  const [best, value] = [code.local(type), code.local(type)];
  const [index, bestIndex, read] = [code.local('i32'), code.local('i32'), code.local('i32')];
  const accesses = [source, { strides: [...target.strides, 0] }];
  emitOuter(code, domain, last, accesses, ([from, to]) => {
    pushElement(code, lowering, source).get(from).op('i32.add').tee(read).memory(`${type}.load`).set(best);
    code.i32(0).set(index).i32(0).set(bestIndex);
    code.repeat(domain[last], () => {
      code
        .get(read)
        .memory(`${type}.load`)
        .tee(value)
        .get(best)
        .op(type === 'f32' ? 'f32.gt' : 'i32.gt_s');
      code.if(() => code.get(value).set(best).get(index).set(bestIndex));
      code.advance(index, 1).advance(read, 4 * source.strides[last]);
    });
    pushElement(code, lowering, target).get(to).op('i32.add').get(bestIndex).memory('i32.store');
  });
}

export function lowerRandom(code: Code, lowering: Lowering, { count, key, target }: RandomKernel): void {
  if (count === 0) return;
  const block = threefry(lowering.module);
  const [at, index] = [code.local('i32'), code.local('i32')];
  const words = [code.local('i32'), code.local('i32')];
  words.forEach((word, i) => pushElement(code, lowering, key, i).memory('i32.load').set(word));
  pushElement(code, lowering, target).set(at).i32(0).set(index);
  // The last block may write one element past the end, inside the padding of the buffer
  code.repeat(Math.ceil(count / 2), () => {
    code.get(words[0]).get(words[1]).get(index).get(at).call(block);
    code.advance(at, 8).advance(index, 1);
  });
}
