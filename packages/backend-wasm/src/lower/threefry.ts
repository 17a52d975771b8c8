import type { Module } from '../assembler/module.js';

const rotations = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const;

/** block(seed, counter, index, address): writes the two uniforms of one Threefry-2x32 block. */
export function threefry(module: Module): number {
  return module.shared(
    'threefry2x32',
    { parameters: ['i32', 'i32', 'i32', 'i32'] },
    (code, [seed, counter, index, address]) => {
      const [a, b, parity] = [code.local('i32'), code.local('i32'), code.local('i32')];
      const schedule = [seed, counter, parity];
      code.get(seed).get(counter).op('i32.xor').i32(0x1bd11bda).op('i32.xor').set(parity);
      code.get(index).get(seed).op('i32.add').set(a).get(counter).set(b);
      for (let group = 0; group < 5; group++) {
        for (const rotation of rotations[group % 2]) {
          code.get(a).get(b).op('i32.add').set(a);
          code.get(b).i32(rotation).op('i32.rotl').get(a).op('i32.xor').set(b);
        }
        code
          .get(a)
          .get(schedule[(group + 1) % 3])
          .op('i32.add')
          .set(a);
        code
          .get(b)
          .get(schedule[(group + 2) % 3])
          .op('i32.add')
          .i32(group + 1)
          .op('i32.add')
          .set(b);
      }
      [a, b].forEach((word, at) => {
        code
          .get(address)
          .get(word)
          .i32(8)
          .op('i32.shr_u', 'f32.convert_i32_u')
          .f32(2 ** -24)
          .op('f32.mul')
          .memory('f32.store', 4 * at);
      });
    },
  );
}
