/**
 * @file Threefry-2x32 as 32-bit additions, rotations and exclusive ors on whole vectors, so that the bits are those of every
 * other backend (`uniformValues` of @polyneuron/graph says what they mean).
 */
import { sizeOf } from '@polyneuron/graph';
import type { GraphBuilder } from '../graph/graphBuilder.js';
import { type Lowering, reshaped, wholeValue } from './lowering.js';

const rotations = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const;

/** Key-schedule parity constant of Skein. */
const parity = 0x1bd11bda;

export const random: Lowering<'random'> = (node, context) => {
  const { graph } = context;
  const count = sizeOf(node.shape);
  const blocks = Math.ceil(count / 2);
  const words = wordsOf(graph);
  const key = words.fromInt(context.whole(0));
  const [seed, counter] = [0, 1].map((at) => words.slice(key, at));
  const schedule = [seed, counter, words.xor(words.xor(seed, counter), words.word(parity))];
  let a = words.add(
    words.fromInt(graph.ints(Array.from({ length: blocks }, (_, block) => block))),
    schedule[0],
  );
  // The second word of the counter is 0
  let b = words.add(words.fromInt(graph.constant([0], [blocks], 'int32')), schedule[1]);
  for (let group = 0; group < 5; group++) {
    for (const rotation of rotations[group % 2]) {
      a = words.add(a, b);
      b = words.xor(words.rotate(b, rotation), a);
    }
    a = words.add(a, schedule[(group + 1) % 3]);
    b = words.add(words.add(b, schedule[(group + 2) % 3]), words.word(group + 1));
  }
  const float = { type: 'float32' } as const;
  // Element i is word i mod 2 of block i div 2
  const pairs = graph.add('Pack', [a, b], { N: { int: 2 }, T: { type: 'uint32' }, axis: { int: 1 } });
  const top = words.shiftRight(pairs, 8);
  const whole = graph.add('Cast', [top], { SrcT: { type: 'uint32' }, DstT: float });
  const fractions = graph.add('Mul', [whole, graph.constant([2 ** -24], [], 'float32')], { T: float });
  const flat = reshaped(context, fractions, 'float32', [blocks, 2], [2 * blocks]);
  const cut =
    count === 2 * blocks
      ? flat
      : graph.add('Slice', [flat, graph.ints([0]), graph.ints([count])], {
          T: float,
          Index: { type: 'int32' },
        });
  return wholeValue(node, reshaped(context, cut, 'float32', [count], node.shape));
};

/** Arithmetic on vectors of unsigned 32-bit words. */
function wordsOf(graph: GraphBuilder) {
  const binary = (op: string) => (a: string, b: string) => graph.add(op, [a, b], { T: { type: 'uint32' } });
  const fromInt = (x: string) =>
    graph.add('Bitcast', [x], { T: { type: 'int32' }, type: { type: 'uint32' } });
  const word = (value: number) => fromInt(graph.constant([value | 0], [1], 'int32'));
  const [or, shiftLeft, shiftRight] = ['BitwiseOr', 'LeftShift', 'RightShift'].map(binary);
  return {
    fromInt,
    word,
    add: binary('AddV2'),
    xor: binary('BitwiseXor'),
    shiftRight: (x: string, by: number) => shiftRight(x, word(by)),
    rotate: (x: string, by: number) => or(shiftLeft(x, word(by)), shiftRight(x, word(32 - by))),
    /** The word at `at`, as a vector of one. */
    slice: (x: string, at: number) =>
      graph.add('Slice', [x, graph.ints([at]), graph.ints([1])], {
        T: { type: 'uint32' },
        Index: { type: 'int32' },
      }),
  };
}
