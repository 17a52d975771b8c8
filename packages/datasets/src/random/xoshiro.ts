/**
 * xoshiro128** 1.1: 32-bit outputs from a state of four 32-bit words, period 2^128 − 1.
 *
 * Integer operations only, so every platform gives the same bits. The state is changed in place and must not be all
 * zero.
 * Source   Blackman and Vigna 2021, Scrambled Linear Pseudorandom Number Generators (ACM TOMS 47:4)
 */
export function xoshiro128StarStar(state: Uint32Array): () => number {
  return () => {
    const s0 = state[0];
    const s1 = state[1];
    const result = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
    const t2 = state[2] ^ s0;
    const t3 = state[3] ^ s1;
    state[0] = s0 ^ t3;
    state[1] = s1 ^ t2;
    state[2] = t2 ^ (s1 << 9);
    state[3] = rotateLeft(t3, 11);
    return result;
  };
}

/**
 * splitmix32: spreads a 32-bit seed over as many words as asked for, all different from each other.
 *
 * Source   Steele, Lea and Flood 2014, Fast Splittable Pseudorandom Number Generators; 32-bit mixing constants of
 *          Wellons 2018, hash-prospector (0x21f0aaad, 0x735a2d97)
 */
export function splitmix32(seed: number, count: number): Uint32Array {
  const words = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    let word = (seed + Math.imul(i + 1, 0x9e3779b9)) | 0;
    word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    words[i] = word ^ (word >>> 15);
  }
  return words;
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
