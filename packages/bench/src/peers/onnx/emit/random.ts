/**
 * @file Threefry-2x32 as `random` means it, in whole numbers of 32 bits: onnxruntime adds int32 and shifts uint32, so words
 * are int32 and cast where they are shifted right.
 *
 * Source   Salmon et al. 2011, Parallel Random Numbers: As Easy as 1, 2, 3 (SC11)
 */
import { sizeOf } from '@polyneuron/graph';
import type { GraphBuilder } from '../graphBuilder.js';
import type { Emitter } from './emitter.js';

const rotations = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const;
const parity = 0x1bd11bda;
/** TensorProto.DataType */
const [toFloat32, toInt32, toUint32] = [1, 6, 12];

export const randomEmitters: { readonly random: Emitter<'random'> } = {
  random({ inputs: [key], attributes: { shape } }, graph) {
    const count = sizeOf(shape);
    if (count === 0) return { name: graph.scalar('float32', 0), shape: [] };
    const blocks = Math.ceil(count / 2);
    const words = threefry(graph, graph.full(key), blocks).map((word) =>
      graph.reshape(uniform(graph, word), [blocks, 1]),
    );
    const pairs = graph.reshape(graph.emit('Concat', words, { axis: 1 }), [2 * blocks]);
    const drawn = count === 2 * blocks ? pairs : graph.slice(pairs, [0], [count]);
    return { name: graph.reshape(drawn, shape), shape };
  },
};

/** Both words of each block; its counter is (block, 0). */
function threefry(graph: GraphBuilder, key: string, blocks: number): readonly string[] {
  const add = (a: string, b: string) => graph.emit('Add', [a, b]);
  const xor = (a: string, b: string) => graph.emit('BitwiseXor', [a, b]);
  const whole = (value: number) => graph.scalar('int32', value);
  const [k0, k1] = [0, 1].map((at) => graph.slice(key, [at], [at + 1]));
  const schedule = [k0, k1, xor(xor(k0, k1), whole(parity))];
  const counters = Array.from({ length: blocks }, (_, block) => block);
  let a = add(graph.constant('int32', counters, [blocks]), k0);
  let b = k1;
  for (let group = 0; group < 5; group++) {
    for (const rotation of rotations[group % 2]) {
      a = add(a, b);
      b = xor(rotated(graph, b, rotation), a);
    }
    a = add(a, schedule[(group + 1) % 3]);
    b = add(add(b, schedule[(group + 2) % 3]), whole(group + 1));
  }
  return [a, b];
}

/** (b << r) | (b >>> (32 - r)); the product wraps. */
function rotated(graph: GraphBuilder, b: string, rotation: number): string {
  const high = graph.emit('Mul', [b, graph.scalar('int32', 2 ** rotation)]);
  const low = graph.emit('Cast', [shiftedRight(graph, b, 32 - rotation)], { to: toInt32 });
  return graph.emit('BitwiseOr', [high, low]);
}

/** b >>> by, as uint32. */
function shiftedRight(graph: GraphBuilder, b: string, by: number): string {
  const bits = graph.emit('Cast', [b], { to: toUint32 });
  return graph.emit('BitShift', [bits, graph.scalar('uint32', by)], { direction: 'RIGHT' });
}

/** The top 24 bits as a fraction of 2^24. */
function uniform(graph: GraphBuilder, word: string): string {
  const top = graph.emit('Cast', [shiftedRight(graph, word, 8)], { to: toFloat32 });
  return graph.emit('Mul', [top, graph.scalar('float32', 2 ** -24)]);
}
